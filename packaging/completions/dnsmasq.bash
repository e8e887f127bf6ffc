# bash completion for dnsmasq. Made from the option table by docs/generator.

_dnsmasq() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} equals=
  COMPREPLY=()
  # bash makes the equals sign a word of its own.
  if [[ $word == = ]]; then
    word= equals=1
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]} equals=1
  fi
  case $option in
  -C|--conf-file|--dhcp-hostsfile|--dhcp-optsfile|-H|--addn-hosts|-l|--dhcp-leasefile|--dhcp-lease|-r|--resolv-file|--servers-file|-x|--pid-file|-6|--dhcp-script|--dhcp-luascript|--conf-script|-8|--log-facility|--dnssec-timestamp|--dumpfile)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
    ;;
  --dhcp-hostsdir|--dhcp-optsdir|--hostsdir|-7|--conf-dir|--tftp-root)
    mapfile -t COMPREPLY < <(compgen -d -- "$word")
    compopt -o filenames 2>/dev/null
    ;;
  -i|--interface|-I|--except-interface|-2|--no-dhcp-interface|--no-dhcpv6-interface|--no-dhcpv4-interface|--enable-tftp)
    mapfile -t COMPREPLY < <(compgen -W "$(ls /sys/class/net 2>/dev/null)" -- "$word")
    ;;
  -u|--user|--dhcp-scriptuser)
    mapfile -t COMPREPLY < <(compgen -u -- "$word")
    ;;
  -g|--group)
    mapfile -t COMPREPLY < <(compgen -g -- "$word")
    ;;
  --log-queries)
    mapfile -t COMPREPLY < <(compgen -W 'extra proto auth only_failed' -- "$word")
    ;;
  --tftp-unique-root)
    mapfile -t COMPREPLY < <(compgen -W 'ip mac' -- "$word")
    ;;
  --add-mac)
    mapfile -t COMPREPLY < <(compgen -W 'base64 text' -- "$word")
    ;;
  --dnssec-check-unsigned)
    mapfile -t COMPREPLY < <(compgen -W 'no' -- "$word")
    ;;
  --local-service)
    mapfile -t COMPREPLY < <(compgen -W 'net host' -- "$word")
    ;;
  --boots)
    mapfile -t COMPREPLY < <(compgen -W 'json' -- "$word")
    ;;
  --check)
    mapfile -t COMPREPLY < <(compgen -W 'json' -- "$word")
    ;;
  -w|--help)
    mapfile -t COMPREPLY < <(compgen -W 'dhcp dhcp6' -- "$word")
    ;;
  -a|--listen-address|-A|--address|-B|--bogus-nxdomain|-c|--cache-size|--filter-rr|-F|--dhcp-range|-G|--dhcp-host|--tag-if|-j|--dhcp-userclass|--dhcp-circuitid|--dhcp-remoteid|--dhcp-subscrid|--dhcp-pxe-vendor|-J|--dhcp-ignore|--dhcp-broadcast|-m|--mx-host|-M|--dhcp-boot|--use-stale-cache|-O|--dhcp-option|--dhcp-option-force|--dhcp-option-pxe|-p|--port|-P|--edns-packet-max|-Q|--query-port|--port-limit|-S|--server|--rev-server|--local|-s|--domain|--domain-suffix|-t|--mx-target|-T|--local-ttl|--neg-ttl|--max-ttl|--max-cache-ttl|--min-cache-ttl|--fast-dns-retry|-U|--dhcp-vendorclass|-V|--alias|-W|--srv-host|-X|--dhcp-lease-max|-Y|--txt-record|--ptr-record|--interface-name|--enable-dbus|--enable-ubus|-3|--bootp-dynamic|-4|--dhcp-mac|--bridge-interface|--shared-network|--leasequery|-0|--dns-forward-max|--dhcp-ignore-names|--tftp-max|--tftp-mtu|--tftp-port-range|--log-async|--rebind-domain-ok|--dhcp-match|--dhcp-name-match|--dhcp-alternate-port|--naptr-record|--min-port|--max-port|--dhcp-generate-names|--dhcp-proxy|--dhcp-relay|--dhcp-split-relay|--cname|--pxe-prompt|--pxe-service|--add-subnet|--add-cpe-id|--dhcp-duid|--host-record|--dynamic-host|--caa-record|--dns-rr|--auth-server|--auth-zone|--auth-ttl|--auth-soa|--auth-sec-servers|--auth-peer|--ipset|--nftset|--connmark-allowlist-enable|--connmark-allowlist|--synth-domain|--trust-anchor|--dnssec-limits|--ra-param|--ignore-address|--dhcp-ttl|--dhcp-reply-delay|--dumpmask|--umbrella|--cache-rr|--max-tcp-connections)
    return
    ;;
  esac
  [[ -z $equals && ${#COMPREPLY[@]} -eq 0 && ( -z $word || $word == -* ) ]] || return
  local -a names=(
    --listen-address=
    --address=
    --bogus-priv
    --bogus-nxdomain=
    --cache-size
    --conf-file
    --no-daemon
    --domain-needed
    --selfmx
    --expand-hosts
    --filterwin2k
    --filter-A
    --filter-AAAA
    --filter-rr=
    --dhcp-range=
    --group
    --dhcp-host=
    --dhcp-hostsfile=
    --dhcp-optsfile=
    --dhcp-hostsdir=
    --dhcp-optsdir=
    --tag-if=
    --no-hosts
    --addn-hosts=
    --hostsdir=
    --interface=
    --except-interface=
    --dhcp-userclass=
    --dhcp-circuitid=
    --dhcp-remoteid=
    --dhcp-subscrid=
    --dhcp-pxe-vendor=
    --dhcp-ignore=
    --dhcp-broadcast
    --keep-in-foreground
    --dhcp-authoritative
    --dhcp-leasefile
    --dhcp-lease=
    --localmx
    --mx-host=
    --dhcp-boot=
    --no-poll
    --no-negcache
    --use-stale-cache
    --strict-order
    --dhcp-option=
    --dhcp-option-force=
    --dhcp-option-pxe=
    --port=
    --edns-packet-max=
    --log-queries
    --query-port=
    --port-limit=
    --no-resolv
    --resolv-file
    --servers-file=
    --server=
    --rev-server=
    --local=
    --domain=
    --domain-suffix=
    --mx-target=
    --local-ttl=
    --neg-ttl=
    --max-ttl=
    --max-cache-ttl=
    --min-cache-ttl=
    --fast-dns-retry
    --user
    --dhcp-vendorclass=
    --version
    --alias=
    --srv-host=
    --help
    --pid-file
    --dhcp-lease-max=
    --localise-queries
    --txt-record=
    --ptr-record=
    --interface-name=
    --bind-interfaces
    --read-ethers
    --enable-dbus
    --enable-ubus
    --no-dhcp-interface=
    --no-dhcpv6-interface=
    --no-dhcpv4-interface=
    --bootp-dynamic
    --dhcp-mac=
    --bridge-interface=
    --shared-network=
    --leasequery
    --no-ping
    --dhcp-script=
    --dhcp-luascript=
    --dhcp-scriptuser=
    --script-arp
    --conf-dir=
    --conf-script=
    --log-facility=
    --leasefile-ro
    --dns-forward-max=
    --clear-on-reload
    --dhcp-ignore-names
    --dhcp-no-override
    --enable-tftp
    --tftp-root=
    --tftp-unique-root
    --tftp-secure
    --tftp-no-fail
    --tftp-max=
    --tftp-mtu=
    --tftp-no-blocksize
    --tftp-lowercase
    --tftp-port-range=
    --tftp-single-port
    --log-dhcp
    --log-async
    --stop-dns-rebind
    --rebind-localhost-ok
    --rebind-domain-ok=
    --all-servers
    --dhcp-match=
    --dhcp-name-match=
    --dhcp-alternate-port
    --naptr-record=
    --min-port=
    --max-port=
    --dhcp-fqdn
    --dhcp-generate-names
    --dhcp-proxy
    --dhcp-relay=
    --dhcp-split-relay=
    --cname=
    --pxe-prompt=
    --pxe-service=
    --test
    --add-mac
    --strip-mac
    --add-subnet
    --strip-subnet
    --add-cpe-id=
    --proxy-dnssec
    --dhcp-sequential-ip
    --dhcp-ignore-clid
    --conntrack
    --dhcp-client-update
    --enable-ra
    --dhcp-duid=
    --host-record=
    --dynamic-host=
    --caa-record=
    --dns-rr=
    --bind-dynamic
    --auth-server=
    --auth-zone=
    --auth-ttl=
    --auth-soa=
    --auth-sec-servers=
    --auth-peer=
    --ipset=
    --nftset=
    --connmark-allowlist-enable
    --connmark-allowlist=
    --synth-domain=
    --dnssec
    --trust-anchor=
    --dnssec-debug
    --dnssec-check-unsigned
    --dnssec-no-timecheck
    --dnssec-timestamp=
    --dnssec-limits=
    --ra-param=
    --quiet-dhcp
    --quiet-dhcp6
    --quiet-ra
    --log-debug
    --local-service
    --dns-loop-detect
    --ignore-address=
    --dhcp-ttl=
    --dhcp-reply-delay=
    --dhcp-rapid-commit
    --dumpfile=
    --dumpmask=
    --script-on-renewal
    --umbrella
    --quiet-tftp
    --no-round-robin
    --no-0x20-encode
    --do-0x20-encode
    --no-ident
    --cache-rr=
    --max-tcp-connections=
    --log-malloc
    --boots
    --check
    --dns-threads=
  )
  mapfile -t COMPREPLY < <(compgen -W "${names[*]}" -- "$word")
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}

complete -F _dnsmasq dnsmasq
