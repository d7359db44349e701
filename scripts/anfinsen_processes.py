"""Processes of Anfinsen as an operator starts them, for the scripts that measure several of them together. Needs Linux."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROKER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A running process whose output goes to a file."""

    def __init__(self, log: Path, arguments: list[str], environment: dict[str, str] | None = None) -> None:
        self.log = log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                arguments, stdout=out, stderr=subprocess.STDOUT, env=os.environ | (environment or {}), start_new_session=True
            )

    def wait_for(self, text: str, seconds: float = 180) -> None:
        end = time.monotonic() + seconds
        while text not in self.log.read_text():
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{self.process.args} is not ready:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.2)

    def kill(self) -> None:
        """SIGKILL to the process and what it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """SIGTERM, so that a service can stop its database."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()

    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Service(Program):
    """`anfinsen serve` on a free port and with a folder of its own."""

    def __init__(self, folder: Path, *settings: str) -> None:
        self.port = free_port()
        self.folder = folder
        super().__init__(
            folder.parent / f"{folder.name}.log",
            [str(ROOT / "anfinsen"), "serve", f"--server.port={self.port}", f"--anfinsen.data-directory={folder}", *settings],
        )
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                if self.get("/actuator/health/readiness")["status"] == "UP":
                    return
            except (OSError, urllib.error.URLError):
                if self.process.poll() is not None:
                    break
            time.sleep(0.5)
        raise SystemExit(f"the service is not ready:\n{self.log.read_text()[-3000:]}")

    def database(self) -> list[str]:
        """The settings of another process on the service's own database."""
        port = (self.folder / "postgresql/data/postmaster.pid").read_text().splitlines()[3].strip()
        password = (self.folder / "postgresql/password").read_text().strip()
        return [
            f"--spring.datasource.url=jdbc:postgresql://127.0.0.1:{port}/anfinsen",
            "--spring.datasource.username=anfinsen",
            f"--spring.datasource.password={password}",
        ]

    def sql(self, statement: str) -> str:
        port = (self.folder / "postgresql/data/postmaster.pid").read_text().splitlines()[3].strip()
        password = (self.folder / "postgresql/password").read_text().strip()
        command = ["psql", "-h", "127.0.0.1", "-p", port, "-U", "anfinsen", "-d", "anfinsen", "-qAtc", statement]
        done = subprocess.run(command, env=os.environ | {"PGPASSWORD": password}, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def request(self, path: str, body: bytes | None = None, content_type: str = "") -> bytes:
        headers = {"Content-Type": content_type} if content_type else {}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return answer.read()
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{path}: {refused.code} {refused.read().decode()}") from refused

    def get(self, path: str) -> dict:
        return json.loads(self.request(path))

    def post(self, path: str, body: bytes, content_type: str) -> dict:
        return json.loads(self.request(path, body, content_type))


def worker(kind: str, folder: Path, service: Service, broker_port: int, *settings: str) -> Program:
    """`anfinsen worker`; returns when it is ready."""
    started = Program(
        folder.parent / f"{folder.name}.log",
        [
            str(ROOT / "anfinsen"),
            "worker",
            f"--kind={kind}",
            f"--anfinsen.data-directory={folder}",
            f"--spring.rabbitmq.port={broker_port}",
            *service.database(),
            *settings,
        ],
    )
    started.wait_for("worker is ready")
    return started


def broker(folder: Path) -> tuple[Program, int]:
    """Debian's RabbitMQ on a free port, with its data in a folder."""
    if not BROKER.exists():
        raise SystemExit("this needs RabbitMQ: apt-get install rabbitmq-server")
    folder.mkdir()
    port, distribution = free_port(), free_port()
    started = Program(
        folder / "output.log",
        [str(BROKER)],
        {
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"anfinsen{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
        },
    )
    for _ in range(240):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return started, port
        time.sleep(0.5)
    raise SystemExit(f"RabbitMQ does not start:\n{started.log.read_text()}")
