#!/bin/sh
# Install Debian's Chromium and a Chinese font for the browser test, when they are missing and it is possible.
command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q . && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo '正在安装浏览器测试所需的 Chromium 与中文字体…' >&2
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null 2>&1 && exit 0
fi
echo '没有安装 Chromium 或中文字体：浏览器测试将跳过。' >&2
exit 0
