package org.anfinsen.msa.search;

import java.util.Locale;

/** What a cache had to do with an alignment. */
public enum CacheUse {
    /** The alignment was there; nothing was searched. */
    HIT,
    /** It was searched for, and kept for the next time. */
    MISS,
    /** It was searched for and could not be kept: the cache's directory cannot be written. */
    UNWRITABLE,
    /** There is no cache. */
    OFF;

    /** The stable spelling for users: {@code hit}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
