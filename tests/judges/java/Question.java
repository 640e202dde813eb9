// A question: a verb and its words, KEY=VALUE between tabs. A word may repeat.

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Question {
    /** The question itself is wrong, or its files are missing: nobody's signature is to blame. */
    static final class Fault extends RuntimeException {
        Fault(String why) {
            super(why);
        }
    }

    final String verb;
    private final Map<String, List<String>> words = new LinkedHashMap<>();

    Question(String line) {
        String[] parts = line.split("\t");
        verb = parts[0];
        for (String part : List.of(parts).subList(1, parts.length)) {
            int sign = part.indexOf('=');
            if (sign < 0) throw new Fault("no KEY=VALUE: " + part);
            words.computeIfAbsent(part.substring(0, sign), key -> new ArrayList<>()).add(part.substring(sign + 1));
        }
    }

    List<String> all(String key) {
        return words.getOrDefault(key, List.of());
    }

    boolean has(String key) {
        return words.containsKey(key);
    }

    String one(String key) {
        if (all(key).size() != 1) throw new Fault(verb + " takes one " + key);
        return all(key).get(0);
    }

    byte[] file(String key) {
        return bytes(one(key));
    }

    static byte[] bytes(String path) {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (java.io.IOException error) {
            throw new Fault(error.toString());
        }
    }

    /** The moment of the question, in seconds since 1970; now if it names none. */
    java.util.Date at() {
        return has("at") ? new java.util.Date(Long.parseLong(one("at")) * 1000) : new java.util.Date();
    }
}
