package org.anfinsen.service.command;

import org.anfinsen.service.settings.SoftwareVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "anfinsen " + SoftwareVersion.current(),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
        };
    }
}
