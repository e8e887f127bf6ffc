# check-completion.zsh FOLDER: an interactive zsh completes beginnings. Waits for the whole to appear.
zmodload zsh/zpty
zpty shell "TERM=dumb zsh -f -i"
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy"
zpty -r shell output '*ready*' || exit 1
zpty -w -n shell $'dnsmasq --dhcp-ran\t'
zpty -r shell output '*--dhcp-range=*' || exit 1
zpty -w -n shell $'192.168.0.1 --tftp-unique-root=m\t'
zpty -r shell output '*--tftp-unique-root=mac*' || exit 1
zpty -d shell
