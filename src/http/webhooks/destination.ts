/**
 * Where a webhook may go: to the public internet. An address of this machine or of the network it stands in would let whoever sets up
 * a webhook reach what only this machine should (server-side request forgery).
 */
import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type DemarcheError, refusal } from '../../../events/errors.ts';

/** Special-purpose addresses: https://www.iana.org/assignments/iana-ipv4-special-registry and …-ipv6-special-registry */
const NOT_PUBLIC = new BlockList();
for (const [network, bits] of [
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
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4');
/** Of IPv6 only what is handed out to the public internet is taken, and of that not the parts that carry an IPv4 address inside. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, 'ipv6');

/** @param address an IP address */
export function isPublic(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (family === 'ipv6' && !PUBLIC_V6.check(address, 'ipv6')) return false;
  if (NOT_PUBLIC.check(address, family)) return false;
  return !Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));
}

/**
 * What can be told without asking anybody: whom any other name leads to is seen at each delivery.
 * @throws DemarcheError `WEBHOOK_INVALID` for an address that names one of ours by number, or this machine as `localhost`
 */
export function checkDestination(url: string): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0 ? LOCALHOST.test(host) : !isPublic(host)) throw refused(url);
}

/** Names that always mean this machine: RFC 6761, 6.3. */
const LOCALHOST = /(?:^|\.)localhost\.?$/;

/**
 * Resolves a name for a connection, and hands out its addresses only if all of them are public: the address that was checked is the one
 * connected to.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address))) return callback(refused(host), '');
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const MESSAGE = 'webhooks go to public addresses only; "demarche serve --allow-private-webhooks" allows others';

const refused = (value: string): DemarcheError => refusal('WEBHOOK_INVALID', { field: 'url', value, message: MESSAGE });
