package org.anfinsen.msa.search.colabfold;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server says of a search.
 *
 * @param id     names the ticket; empty if there is none
 * @param state  where it stands
 * @param reason the server's words for it; empty if it says nothing
 */
record Ticket(String id, State state, String reason) {

    enum State {
        PENDING,
        RUNNING,
        COMPLETE,
        ERROR,
        UNKNOWN,
        RATELIMIT,
        MAINTENANCE
    }

    private static final JsonMapper JSON = new JsonMapper();

    /** @throws IllegalArgumentException if the text is no JSON object with a known {@code status} */
    static Ticket parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            State state = State.valueOf(json.path("status").asString(""));
            return new Ticket(
                    json.path("id").asString(""), state, json.path("reason").asString(""));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + text.substring(0, Math.min(200, text.length())), e);
        }
    }
}
