#!/usr/bin/env bash
# Installs the engines that `npm run bench` compares with, from Debian's packages and from npm. Only on request; nothing needs them.
set -euo pipefail
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update
$sudo apt-get install -y --no-install-recommends g++ python3-simpy3 libns3-dev libgsl-dev libsimgrid-dev
cd "$(dirname "$0")"
npm install --prefix .peers --no-save --no-audit --no-fund simjs@2.0.3 simscript@1.0.37
