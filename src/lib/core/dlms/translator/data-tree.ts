/** Data as a tree; long octet strings are cut, times and texts are shown as such. */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { asciiText } from '../axdr/build.ts';
import type { Data } from '../axdr/data-type.ts';
import { dateTimeText } from './date-text.ts';
import { type Hides, hidesPart } from './hidden-values.ts';
import { hiddenNode, node, type TreeNode } from './tree.ts';

/** Octets and elements shown before a value is cut. */
const MAX_OCTETS = 64;
const MAX_ELEMENTS = 200;

/** Octets as hex, cut with their whole length told. */
export function octetsText(octets: Uint8Array): string {
	const shown = formatHex(octets.subarray(0, MAX_OCTETS));
	return octets.length > MAX_OCTETS ? `${shown}… (${octets.length} octets)` : shown;
}

const SHOWS_ALL: Hides = () => false;

/** `hides` tells which octets are not shown. */
export function dataTree(data: Data, name = 'value', hides: Hides = SHOWS_ALL): TreeNode {
	switch (data.type) {
		case 'null-data':
		case 'dont-care':
			return node(name, data.type);
		case 'array':
		case 'structure':
		case 'compact-array': {
			const shown = data.value
				.slice(0, MAX_ELEMENTS)
				.map((each) => dataTree(each, each.type, hides));
			const more = moreTree(data.value.slice(MAX_ELEMENTS), hides);
			return node(name, `${data.type} of ${data.value.length}`, [...shown, more]);
		}
		case 'bit-string':
			return node(name, bitsText(data.value, data.bits));
		case 'octet-string':
			return hides(data.value)
				? hiddenNode(name, 'token')
				: node(name, octetStringText(data.value));
		case 'visible-string':
		case 'utf8-string':
			return hides(data.value)
				? hiddenNode(name, 'token')
				: node(name, `"${printable(data.value)}"`);
		case 'date-time':
		case 'date':
		case 'time':
			return node(name, dateTimeText(data.value) ?? formatHex(data.value));
		default:
			return node(name, String(data.value));
	}
}

/** Elements that are not listed; what is hidden among them still counts. */
function moreTree(rest: readonly Data[], hides: Hides): TreeNode | undefined {
	if (rest.length === 0) return undefined;
	const more = node(`… ${rest.length} more`);
	return rest.some((each) => hidesPart(each, hides)) ? { ...more, hidden: 'token' } : more;
}

function octetStringText(octets: Uint8Array): string {
	const time = octets.length === 12 ? dateTimeText(octets) : undefined;
	if (time) return `${octetsText(octets)} (${time})`;
	const text = octets.length >= 4 && octets.every((octet) => octet >= 0x20 && octet < 0x7f);
	return text ? `${octetsText(octets)} ("${asciiText(octets)}")` : octetsText(octets);
}

function bitsText(octets: Uint8Array, bits: number): string {
	if (bits > MAX_OCTETS) return `${bits} bits ${octetsText(octets)}`;
	let text = '';
	for (let bit = 0; bit < bits; bit += 1)
		text += ((octets[bit >> 3] as number) >> (7 - (bit & 7))) & 1;
	return text;
}

/** Characters that print; a dot for every other octet. */
function printable(octets: Uint8Array): string {
	return asciiText(octets.map((octet) => (octet >= 0x20 && octet < 0x7f ? octet : 0x2e)));
}
