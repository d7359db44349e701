# syntax=docker/dockerfile:1
# Builds Anfinsen and runs it as an ordinary user. docker build -t anfinsen .
# For a GPU: docker build --build-arg MAVEN_PROFILES=-Pgpu --build-arg RUNTIME=nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 .

ARG RUNTIME=eclipse-temurin:25-jre-noble

FROM maven:3-eclipse-temurin-25-noble AS build
ARG MAVEN_PROFILES=""
WORKDIR /build
COPY pom.xml ./
COPY protein/ protein/
COPY structure/ structure/
COPY msa/ msa/
COPY network/ network/
COPY pipeline/ pipeline/
COPY db/ db/
COPY service/ service/
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q --batch-mode -Dmaven.test.skip=true -Dspotless.check.skip=true ${MAVEN_PROFILES} package \
    # The layers of the jar that change seldom come first in the image.
    && java -Djarmode=tools -jar service/target/anfinsen.jar extract --layers --launcher --destination /layers

FROM eclipse-temurin:25-jre-noble AS java

FROM ${RUNTIME}
ENV JAVA_HOME=/opt/java/openjdk
ENV PATH="${JAVA_HOME}/bin:${PATH}" LANG=C.UTF-8
COPY --from=java /opt/java/openjdk ${JAVA_HOME}
# Fonts are for the plots: Java draws no letter without fontconfig, which not every runtime image has.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl fontconfig fonts-dejavu-core libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 anfinsen \
    && useradd --system --uid 10001 --gid anfinsen --home-dir /data anfinsen \
    && install -d -o anfinsen -g anfinsen /data
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY models/ models/
USER anfinsen
VOLUME /data
EXPOSE 8080
# Inside a container the loopback address reaches nobody. On any other the service asks for API keys: anfinsen key create.
ENV SERVER_ADDRESS=0.0.0.0 \
    ANFINSEN_DATADIRECTORY=/data \
    ANFINSEN_MODELSDIRECTORY=/app/models
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8080/actuator/health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "org.springframework.boot.loader.launch.JarLauncher"]
CMD ["serve"]
