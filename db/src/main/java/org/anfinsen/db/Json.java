package org.anfinsen.db;

import java.util.List;
import java.util.Map;
import org.anfinsen.pipeline.job.Artifact;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON values that lie in columns. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** An object, its keys in the order of the text. */
    static Map<String, Object> readObject(String text) {
        return MAPPER.readValue(text, new TypeReference<>() {});
    }

    static List<Artifact.Description> readDescriptions(String text) {
        return MAPPER.readValue(text, new TypeReference<>() {});
    }

    static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    static <T> List<T> readList(String text, Class<T> type) {
        return MAPPER.readValue(text, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
    }

    static Map<String, Long> readLongs(String text) {
        return MAPPER.readValue(text, new TypeReference<>() {});
    }

    static List<String> readStrings(String text) {
        return MAPPER.readValue(text, new TypeReference<>() {});
    }
}
