#!/usr/bin/env python3
"""Predicts a FASTA or A3M file through the service, with requests.

Usage: client.py FILE [FOLDER]
ANFINSEN_URL names the service (http://127.0.0.1:8080), ANFINSEN_KEY an API key where it asks for one.
"""

import os
import pathlib
import sys
import time

import requests

URL = os.environ.get("ANFINSEN_URL", "http://127.0.0.1:8080")
ENDED = ("done", "failed", "cancelled")


def session():
    made = requests.Session()
    if key := os.environ.get("ANFINSEN_KEY"):
        made.headers["Authorization"] = f"Bearer {key}"
    return made


def checked(response):
    """The answer, or an error that says what the service found and what to do."""
    if response.ok:
        return response
    problem = response.json()
    raise SystemExit(f"{problem['title']}: {problem['detail']}")


def submit(http, file):
    kind = "text/x-a3m" if file.suffix == ".a3m" else "text/x-fasta"
    answer = checked(http.post(f"{URL}/v1/predictions", data=file.read_bytes(), headers={"Content-Type": kind}))
    return answer.json()["jobs"]


def wait(http, job):
    while job["state"] not in ENDED:
        time.sleep(1)
        job = checked(http.get(f"{URL}/v1/predictions/{job['id']}")).json()
    return job


def download(http, job, folder):
    for file in job["files"]:
        content = checked(http.get(URL + file["url"])).content
        (folder / file["file_name"]).write_bytes(content)


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    http = session()
    failures = 0
    for job in submit(http, pathlib.Path(sys.argv[1])):
        job = wait(http, job)
        if job["state"] == "done":
            download(http, job, folder)
            print(f"{job['name']}: mean pLDDT {job['result']['mean_plddt']:.1f}, {len(job['files'])} files in {folder}")
        else:
            failures += 1
            print(f"{job['name']}: {job['state']} {job.get('failure', {}).get('message', '')}")
    sys.exit(1 if failures else 0)


main()
