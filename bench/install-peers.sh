#!/usr/bin/env bash
# Installs the engines that `npm run bench` compares with: Debian's packages, and two of npm into bench/.peers. Only on
# request; nothing else needs them. With --npm-only nothing is asked of apt.
set -euo pipefail
cd "$(dirname "$0")"

if [ "${1:-}" != "--npm-only" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get update
  $sudo apt-get install -y --no-install-recommends \
    g++ pkg-config python3-simpy3 libns3-dev libgsl-dev libsimgrid-dev
fi

mkdir -p .peers
[ -f .peers/package.json ] || printf '{ "private": true }\n' > .peers/package.json
npm install --prefix .peers --no-audit --no-fund --ignore-scripts simjs@2.0.3 simscript@1.0.37
