package org.anfinsen.service.wiring;

import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.settings.SoftwareVersion;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Shows in {@code /actuator/info} what predictions run on. */
@Component
final class EngineInfo implements InfoContributor {

    private final Engine engine;

    EngineInfo(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("version", SoftwareVersion.current()).withDetail("engine", engine.details());
    }
}
