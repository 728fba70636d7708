import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Config } from '#kernel/config';
import type { Text } from '#kernel/text';

/**
 * Networks that are not public: special-purpose registries of IANA (RFC 6890 and its updates). Whatever leads into the
 * installation's own network must not be reachable through an address that a user types.
 */
const inner = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(net, prefix, 'ipv4');
/** Of IPv6 only global unicast is public, less what is reserved in it or wraps IPv4 addresses. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const inner6 = new BlockList();
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inner6.addSubnet(net, prefix, 'ipv6');

/** Is this an address of the public network? Addresses of IPv4 in the dress of IPv6 are none. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner.check(address, 'ipv4');
  if (family === 6) return global6.check(address, 'ipv6') && !inner6.check(address, 'ipv6');
  return false;
}

/** Hosts that the installation lets through, from its configuration. */
export function allowedHosts({ ZC_WEBHOOK_HOSTS }: Pick<Config, 'ZC_WEBHOOK_HOSTS'>): string[] {
  return (ZC_WEBHOOK_HOSTS ?? '')
    .toLowerCase()
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
}

/** Why an address is refused. */
export class TargetRefused extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** A host as it is looked up: without the brackets of IPv6 and the dot that ends a whole name. */
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$|\.+$/g, '').toLowerCase();

/**
 * Reads an address that messages are to go to. `allowed` are hosts that the installation lets through whatever they are,
 * also without TLS. @throws TargetRefused
 */
export function readTarget(text: string, allowed: readonly string[]): URL {
  if (!URL.canParse(text))
    throw new TargetRefused({
      zh: '不是完整的网址，应如 https://example.cn/hook',
      en: 'not a whole address',
    });
  const url = new URL(text);
  const host = hostOf(url);
  const open = allowed.includes(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && open))
    throw new TargetRefused({ zh: '只支持 https:// 开头的网址', en: 'only https:// addresses are taken' });
  if (url.username || url.password)
    throw new TargetRefused({
      zh: '网址中不能带用户名和密码',
      en: 'it must not hold a user name or password',
    });
  const local = /(?:^|\.)(?:localhost|local|internal|lan|home|intranet)$/.test(host) || !/[.:]/.test(host);
  if (!open && (local || (isIP(host) !== 0 && !isPublic(host)))) throw privateTarget();
  return url;
}

function privateTarget(): TargetRefused {
  return new TargetRefused({
    zh: '这是内部网络的地址；确需推送时请管理员在 ZC_WEBHOOK_HOSTS 中放行该主机',
    en: 'it lies in a private network; an administrator may allow the host in ZC_WEBHOOK_HOSTS',
  });
}

/**
 * Looks names up for a connection and lets only public addresses through. The connection goes to the address that was
 * looked at, so a name cannot point elsewhere between the check and the call.
 */
export function publicLookup(allowed: readonly string[]): LookupFunction {
  return (host, options, callback) => {
    resolveName(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 4);
      const list = found as { address: string; family: number }[];
      const open = allowed.includes(host.toLowerCase());
      const usable = open ? list : list.filter((one) => isPublic(one.address));
      // One private address among several is reason enough: a name that mixes them is no public service.
      if (usable.length === 0 || usable.length < list.length) return callback(privateTarget(), '', 4);
      if ((options as { all?: boolean }).all)
        return (callback as (e: null, a: typeof usable) => void)(null, usable);
      callback(null, usable[0]!.address, usable[0]!.family);
    });
  };
}
