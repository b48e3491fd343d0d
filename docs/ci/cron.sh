#!/bin/sh
# Checks and publishes a board from any machine with a clone, without a forge. In a crontab, every quarter of an hour:
#   */15 * * * * /srv/board/cron.sh /srv/sales internal /srv/www/board
# The clone is renewed, the board checked, the site written beside the old one and put in its place at once: whoever
# reads meanwhile sees the old pages or the new ones. What went wrong is printed, so that cron mails it.
set -eu
clone=${1:?cron.sh CLONE internal|public FOLDER [BOARD]}
audience=${2:?say who may see the site: internal or public}
folder=${3:?the folder that the web server shows}
board=$clone/${4:-.}

git -C "$clone" pull --quiet --ff-only
kanban -C "$board" lint --fail-on error --output-format concise || echo "the board breaks its own rules: see above" >&2
rm -rf "$folder.new"
kanban -C "$board" render --revision HEAD --audience "$audience" --output "$folder.new" > /dev/null
rm -rf "$folder.old"
[ ! -e "$folder" ] || mv "$folder" "$folder.old"
mv "$folder.new" "$folder"
rm -rf "$folder.old"
