// The form by SurveyJS: a survey whose questions have validators, checked as one types.

import { createRoot } from "react-dom/client";
import { Model } from "survey-core";
import { Survey } from "survey-react-ui";
import "survey-core/survey-core.min.css";

const { survey, answers } = await (await fetch("/form.json")).json();
const model = new Model({ ...survey, checkErrorsMode: "onValueChanged", textUpdateMode: "onTyping" });
model.data = answers;
createRoot(document.getElementById("form")).render(<Survey model={model} />);
