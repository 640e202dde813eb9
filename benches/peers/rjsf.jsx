// The form by react-jsonschema-form: given the schema, and told to validate as one types.

import Form from "@rjsf/core";
import { customizeValidator } from "@rjsf/validator-ajv8";
import Ajv2020 from "ajv/dist/2020.js";
import { createRoot } from "react-dom/client";

const { schema, data } = await (await fetch("/form.json")).json();
const validator = customizeValidator({ AjvClass: Ajv2020 });
// The list of all mistakes above the form would only cost it time.
const form = <Form schema={schema} formData={data} validator={validator} liveValidate="onChange" showErrorList={false} noHtml5Validate />;
createRoot(document.getElementById("form")).render(form);
