import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Addresses that are not on the public internet, or lead back into somebody's network: IANA special-purpose registries
 * for IPv4 and IPv6 (RFC 6890 and its updates).
 */
const blocked = new BlockList();
const blocked4: readonly [string, number][] = [
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
];
for (const [network, prefix] of blocked4) blocked.addSubnet(network, prefix, 'ipv4');

/** Only global unicast is public; within it these are not: they hold or translate to other addresses, or are examples. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const blocked6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
for (const [network, prefix] of blocked6) blocked.addSubnet(network, prefix, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** True if a request to this IP address would leave for the public internet. What is no IP address is not public. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  // IPv4 in IPv6 (::ffff:a.b.c.d) is outside of 2000::/3 and so refused with everything else.
  if (isIPv6(address)) return global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
  return false;
}

/** True if the IP address is this machine. */
export function isLoopbackAddress(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, 'ipv4');
  return isIPv6(address) && loopback.check(address, 'ipv6');
}
