package org.anfinsen.network;

import java.util.Map;
import java.util.NoSuchElementException;

/** Things by name, where asking for an unknown name is an error that lists the known ones. */
public record Named<T>(Map<String, T> things) {
    /** The thing of that name. */
    public T get(String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new NoSuchElementException(name + " is not one of " + things.keySet());
        }
        return thing;
    }
}
