// Bouncy Castle's and the JDK's word on signatures, time-stamp tokens, paths and OCSP responses.
// stdin: a question a line, words between tabs: `cms`, `tst`, `path`, `ocsp` or `make` (Maker.java), then KEY=VALUE.
// stdout: a line of JSON for each: {"accepted": true, …} or {"accepted": false, "why": …}, with what was found on the way.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public final class Judge {
    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(json(answer(new Question(line))));
        }
    }

    private static Map<String, Object> answer(Question question) throws Exception {
        var facts = new LinkedHashMap<String, Object>();
        try {
            switch (question.verb) {
                case "cms" -> Cms.judge(question, facts);
                case "tst" -> Stamp.judge(question, facts);
                case "path" -> Trust.judge(question, facts);
                case "ocsp" -> Status.judge(question, facts);
                case "make" -> Maker.make(question);
                default -> throw new IllegalStateException("no such verb: " + question.verb);
            }
            facts.put("accepted", true);
        } catch (Question.Fault fault) {
            throw fault;
        } catch (Exception refusal) {
            // What a library throws at damaged input may be of any class. The samples it has to accept show a judge that always throws.
            facts.put("accepted", false);
            facts.put("why", refusal.getClass().getSimpleName() + ": " + refusal.getMessage());
        }
        return facts;
    }

    /** Ends the judgement with a refusal. */
    static void want(boolean held, String otherwise) throws Refused {
        if (!held) throw new Refused(otherwise);
    }

    static final class Refused extends Exception {
        Refused(String why) {
            super(why);
        }
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return "{" + String.join(",", map.entrySet().stream().map(entry -> json(entry.getKey()) + ":" + json(entry.getValue())).toList()) + "}";
        }
        if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Judge::json).toList()) + "]";
        if (value == null || value instanceof Boolean || value instanceof Number) return String.valueOf(value);
        var text = new StringBuilder("\"");
        for (char unit : value.toString().toCharArray()) {
            text.append(unit < ' ' || unit > '~' || unit == '"' || unit == '\\' ? String.format("\\u%04x", (int) unit) : String.valueOf(unit));
        }
        return text.append('"').toString();
    }
}
