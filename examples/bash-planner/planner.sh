#!/usr/bin/env bash
# A very small, very prudent manager: it deletes what a ticket names, where it runs, and does nothing else.
# No jq: the protocol promises compact JSON with keys in a fixed order, so patterns are enough to read it.
# It remembers nothing, so its answers hold no memory and it keeps none.
set -u

while IFS= read -r line; do
  if [[ $line == '{"v":1,'*'"ask":"hello"'* ]]; then
    echo '{"v":1,"name":"bash-ticket-only","about":"deletes what a ticket names","policy":{"absence":"tombstoneOnly","ownership":"label","failMode":"static"}}'
    continue
  fi

  # What it is asked now, without what it is told about earlier actions.
  manager=''
  if [[ $line =~ \"self\":\{\"manager\":\"([^\"]+)\" ]]; then manager=${BASH_REMATCH[1]}; fi
  actions=''
  rest=$line
  while [[ $rest =~ \"([A-Za-z0-9._-]+)\":\{\"is\":\"removed\"(.*)$ ]]; do
    service=${BASH_REMATCH[1]}
    rest=${BASH_REMATCH[2]}
    # Its own only: the label says whose the instances are.
    seen="\"$service\":\{\"placement\":\"[a-z]+\",\"running\":\[([^]]+)\][^}]*\"label\":\"$manager\""
    if [[ $line =~ $seen ]]; then
      actions+=",{\"do\":\"delete\",\"target\":{\"service\":\"$service\",\"places\":[${BASH_REMATCH[1]}]},\"cause\":\"explicit\""
      actions+=",\"because\":[{\"code\":\"ticket\",\"about\":\"$service\",\"text\":\"a ticket removes $service\"}]}"
    fi
  done
  echo "{\"v\":1,\"propose\":[${actions#,}]}"
done
