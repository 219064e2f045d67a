/** Whom an address stands for when requests are counted. */
import { isIPv6 } from 'node:net';

/**
 * An IPv4 address is one network's; of an IPv6 address the first 64 bits are, for every customer has all the
 * rest to change at will. Anything else stands for itself.
 */
export function networkOf(address: string): string {
	const [mapped] = /(?<=^::ffff:)\d+\.\d+\.\d+\.\d+$/i.exec(address) ?? [];
	if (mapped !== undefined) return mapped;
	const [plain = ''] = address.split('%');
	if (!isIPv6(plain)) return address;
	const [head = '', tail] = plain.toLowerCase().split('::');
	const left = head === '' ? [] : head.split(':');
	const right = tail === undefined || tail === '' ? [] : tail.split(':');
	// An IPv4 address at the end takes the place of two groups.
	const groups = right.length + left.length + (plain.includes('.') ? 1 : 0);
	const zeros = tail === undefined ? [] : Array<string>(8 - groups).fill('0');
	const network = [...left, ...zeros, ...right].slice(0, 4);
	return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
