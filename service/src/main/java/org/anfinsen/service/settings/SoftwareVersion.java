package org.anfinsen.service.settings;

import java.util.Objects;

/** The version of this software, from the jar it runs from. */
public final class SoftwareVersion {

    private SoftwareVersion() {}

    /** Such as {@code 0.1.0}; {@code development} outside of a jar. */
    public static String current() {
        return Objects.requireNonNullElse(SoftwareVersion.class.getPackage().getImplementationVersion(), "development");
    }
}
