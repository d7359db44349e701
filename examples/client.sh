#!/usr/bin/env bash
# Predicts a FASTA or A3M file through the service, with curl and jq.
# Usage: client.sh FILE [FOLDER]
# ANFINSEN_URL names the service (http://127.0.0.1:8080), ANFINSEN_KEY an API key where it asks for one.
set -euo pipefail

file=${1:?usage: client.sh FILE [FOLDER]}
folder=${2:-.}
url=${ANFINSEN_URL:-http://127.0.0.1:8080}
ask=(curl --silent --show-error --fail-with-body)
[ -z "${ANFINSEN_KEY:-}" ] || ask+=(--header "Authorization: Bearer $ANFINSEN_KEY")
case $file in
    *.a3m) type=text/x-a3m ;;
    *) type=text/x-fasta ;;
esac

answer=$("${ask[@]}" --header "Content-Type: $type" --data-binary "@$file" "$url/v1/predictions") || {
    jq -r '.detail' <<<"$answer" >&2
    exit 1
}
ids=$(jq -r '.jobs[].id' <<<"$answer")

mkdir -p "$folder"
for id in $ids; do
    # The stream of events ends when the job has ended; if it was cut off, ask again.
    state=
    while [[ $state != done && $state != failed && $state != cancelled ]]; do
        "${ask[@]}" --no-buffer "$url/v1/predictions/$id/events" | sed -n 's/^data: //p' \
            | jq -r '"\(.state) \(.progress.cycle // "")"' >&2 || sleep 1
        state=$("${ask[@]}" "$url/v1/predictions/$id" | jq -r .state)
    done
    if [ "$state" = done ]; then
        "${ask[@]}" --remote-name --remote-header-name --output-dir "$folder" "$url/v1/predictions/$id/all.zip"
        "${ask[@]}" "$url/v1/predictions/$id" | jq -r '"\(.name): mean pLDDT \(.result.mean_plddt)"'
    else
        "${ask[@]}" "$url/v1/predictions/$id" | jq -r '"\(.name): \(.state) \(.failure.message // "")"'
    fi
done
