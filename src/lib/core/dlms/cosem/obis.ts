/** Logical names (IEC 62056-61): six value groups A.B.C.D.E.F, each 0 … 255. */
import type { Brand } from '#lib/core/units/brand.ts';
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';

/** A logical name as text, six decimal groups with points: "1.0.1.8.0.255". */
export type Obis = Brand<string, 'Obis'>;

const GROUPS = 6;

/**
 * A logical name written with points, hyphens, colons or asterisks: "1.0.1.8.0.255", "1-0:1.8.0*255".
 * Five groups mean that F is 255. Undefined where the text is not a logical name.
 */
export function parseObis(text: string): Obis | undefined {
	const groups = text.trim().split(/[.\-:*]/);
	if (groups.length === GROUPS - 1) groups.push('255');
	if (groups.length !== GROUPS || !groups.every((group) => /^\d{1,3}$/.test(group)))
		return undefined;
	const values = groups.map(Number);
	return values.some((value) => value > 255) ? undefined : (values.join('.') as Obis);
}

/** A logical name known when the program is written. @throws {TypeError} slip: not a logical name */
export function obis(text: string): Obis {
	const name = parseObis(text);
	if (!name) throw new TypeError(`${text} is not a logical name`);
	return name;
}

/** Six octets as a logical name. */
export function readObis(reader: Reader): Obis {
	reader.need(GROUPS);
	const { bytes, offset } = reader;
	reader.offset += GROUPS;
	return obisAt(bytes, offset);
}

/** The logical name in an octet string of six; undefined for any other length. */
export function obisOf(octets: Uint8Array): Obis | undefined {
	return octets.length === GROUPS ? obisAt(octets, 0) : undefined;
}

function obisAt(octets: Uint8Array, at: number): Obis {
	return `${octets[at]}.${octets[at + 1]}.${octets[at + 2]}.${octets[at + 3]}.${octets[at + 4]}.${octets[at + 5]}` as Obis;
}

/** The six octets of a logical name. */
export function obisOctets(name: Obis): Uint8Array {
	const octets = new Uint8Array(GROUPS);
	let group = 0;
	let value = 0;
	for (let at = 0; at <= name.length; at += 1) {
		const digit = name.charCodeAt(at) - 48;
		if (digit >= 0 && digit <= 9) value = value * 10 + digit;
		else {
			octets[group++] = value;
			value = 0;
		}
	}
	return octets;
}

export function writeObis(writer: Writer, name: Obis): Writer {
	return writer.bytes(obisOctets(name));
}
