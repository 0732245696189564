#!/usr/bin/env bash
# Installs the engines that `npm run bench` compares with, from Debian's packages. Only on request; nothing needs them.
set -euo pipefail
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update
$sudo apt-get install -y --no-install-recommends g++ python3-simpy3 libns3-dev libgsl-dev
