/**
 * What is particular about a kind of meter, as data: how to reach it, how to associate, how it takes a
 * token. A profile is a JSON file; no maker's name ever appears in code.
 *
 * Always holds: a profile that was read names only things this stack can do; a token is only ever
 * encoded in the one way the profile says.
 */
import { asciiOctets, octetString } from '../axdr/build.ts';
import type { Data } from '../axdr/data-type.ts';
import { MECHANISMS, type MechanismName } from '../acse/names.ts';
import { type Obis, parseObis } from '../cosem/obis.ts';
import { type EventCodes, parseEventCodes } from './event-names.ts';
import type { HdlcAddress } from '../hdlc/address.ts';

/** How `enter` of class 115 takes twenty digits. */
export const TOKEN_ENCODINGS = ['ascii-20', 'bcd-10', 'binary-9'] as const;
export type TokenEncoding = (typeof TOKEN_ENCODINGS)[number];

/** What the bits beside a `token_status` are, where that is known of a kind of meter. */
export const STATUS_BITS = [
	/** The number of the result, as one widespread maker counts them (sts.md §13.8). */
	'result-register',
] as const;
export type StatusBits = (typeof STATUS_BITS)[number];

/** Ways to the first frame. */
export const OPENINGS = ['mode-e', 'direct-hdlc', 'wrapper'] as const;
export type Opening = (typeof OPENINGS)[number];

/** Departures from the rule that this stack can live with. */
export const QUIRKS = [
	/** N(S) is 0 in every frame. */
	'ignores-frame-numbers',
	/** Announces no HDLC in mode E, and speaks it. */
	'hides-hdlc',
	/** Answers with invoke id 1 whatever was asked. */
	'fixed-invoke-id',
	/** Releases only on a ciphered initiate request. */
	'initiate-in-release',
	/** Returns nothing from `enter`: the status is read back. */
	'enter-returns-nothing',
] as const;
export type Quirk = (typeof QUIRKS)[number];

export const SECURITY_LEVELS = [
	'none',
	'authenticated',
	'encrypted',
	'authenticated-encrypted',
] as const;

export interface MeterProfile {
	/** A name for people. */
	readonly name: string;
	readonly openings: readonly Opening[];
	/** Rate of direct HDLC. */
	readonly baud: number;
	/** Logical device. */
	readonly device: number;
	/** Physical device; absent where the address is one octet. */
	readonly physical?: number;
	/** Octets of the HDLC address where the meter wants more than hold it: 1, 2 or 4. */
	readonly addressLength?: HdlcAddress['length'];
	readonly publicClient: number;
	readonly client: number;
	readonly mechanism: MechanismName;
	readonly suite: 0 | 1 | 2;
	readonly security: (typeof SECURITY_LEVELS)[number];
	readonly tokenEncoding: TokenEncoding;
	/** Absent: the maker's own, and shown as they are. */
	readonly tokenStatusBits?: StatusBits;
	readonly tokenGateway: Obis;
	/** Where the next acceptable invocation counter is read, by the public client. */
	readonly invocationCounter: Obis;
	readonly quirks: readonly Quirk[];
	/** What the codes of its event logs mean; absent where nobody has found out. */
	readonly eventCodes?: EventCodes;
}

/** The highest logical device that an HDLC address of one octet holds. */
const MAX_SHORT_ADDRESS = 0x7f;

/** Octets of an HDLC address (IEC 62056-46, 6.4.2). */
export const ADDRESS_LENGTHS = [1, 2, 4] as const;

/** What is wrong with a profile file, and where. */
export interface ProfileFault {
	readonly field: string;
	readonly expected: string;
}

/** A profile from the JSON of its file, or every fault in it. */
export function parseMeterProfile(
	json: unknown,
): MeterProfile | { readonly faults: ProfileFault[] } {
	const faults: ProfileFault[] = [];
	const fields = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
	const fault = (field: string, expected: string): void => void faults.push({ field, expected });

	const text = (field: string): string => {
		const value = fields[field];
		if (typeof value === 'string' && value !== '') return value;
		fault(field, 'a text');
		return '';
	};
	const whole = (field: string, most: number, least = 0): number => {
		const value = fields[field];
		if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
			return value;
		fault(field, `a whole number, ${least} to ${most}`);
		return least;
	};
	const oneOf = <Choice extends string | number>(
		field: string,
		choices: readonly Choice[],
	): Choice => {
		const choice = choices.find((each) => each === fields[field]);
		if (choice === undefined) fault(field, choices.join(', '));
		return choice ?? (choices[0] as Choice);
	};
	const someOf = <Choice extends string>(field: string, choices: readonly Choice[]): Choice[] => {
		const values: unknown = fields[field];
		const known = choices.filter((each) => Array.isArray(values) && values.includes(each));
		if (!Array.isArray(values) || known.length !== values.length)
			fault(field, `a list of ${choices.join(', ')}`);
		return known;
	};
	const name = (field: string): Obis => {
		const value = parseObis(text(field));
		if (!value) fault(field, 'a logical name');
		return value ?? ('' as Obis);
	};

	const codes = (): { eventCodes?: EventCodes } => {
		if (fields['eventCodes'] === undefined) return {};
		const eventCodes = parseEventCodes(fields['eventCodes']);
		if (!eventCodes) fault('eventCodes', 'names of events by code, 0 to 65535');
		return eventCodes ? { eventCodes } : {};
	};

	const profile: MeterProfile = {
		name: text('name'),
		openings: someOf('openings', OPENINGS),
		baud: whole('baud', 115_200, 300),
		device: whole('device', 0x3fff),
		...(fields['physical'] !== undefined && { physical: whole('physical', 0x3fff) }),
		...(fields['addressLength'] !== undefined && {
			addressLength: oneOf('addressLength', ADDRESS_LENGTHS),
		}),
		publicClient: whole('publicClient', 127),
		client: whole('client', 127),
		mechanism: oneOf(
			'mechanism',
			MECHANISMS.map((row) => row.name),
		),
		suite: oneOf('suite', [0, 1, 2]),
		security: oneOf('security', SECURITY_LEVELS),
		tokenEncoding: oneOf('tokenEncoding', TOKEN_ENCODINGS),
		...(fields['tokenStatusBits'] !== undefined && {
			tokenStatusBits: oneOf('tokenStatusBits', STATUS_BITS),
		}),
		tokenGateway: name('tokenGateway'),
		invocationCounter: name('invocationCounter'),
		quirks: someOf('quirks', QUIRKS),
		...codes(),
	};
	faults.push(...contradictions(profile));
	return faults.length > 0 ? { faults } : profile;
}

/** Fields that are good each by itself and cannot be together. */
function contradictions({
	openings,
	device,
	physical,
	addressLength,
	mechanism,
	suite,
}: MeterProfile): ProfileFault[] {
	const faults: ProfileFault[] = [];
	const hdlc = openings.some((opening) => opening !== 'wrapper');
	if (hdlc && physical === undefined && device > MAX_SHORT_ADDRESS)
		faults.push({ field: 'physical', expected: 'a number: one octet holds no such device' });
	if (addressLength !== undefined && !fits(addressLength, device, physical))
		faults.push({ field: 'addressLength', expected: 'octets that hold device and physical' });
	if (mechanism === 'high-ecdsa' && suite === 0)
		faults.push({ field: 'suite', expected: '1 or 2, which have signatures' });
	return faults;
}

/** Whether an address of this length holds both parts; one octet holds no physical device. */
function fits(length: HdlcAddress['length'], device: number, physical?: number): boolean {
	if (length === 1 || physical === undefined) return length === 1 && physical === undefined;
	return length === 4 || Math.max(device, physical) <= MAX_SHORT_ADDRESS;
}

const TOKEN = /^\d{20}$/;
/** A token is 66 bits, so that nine octets hold it. */
const BINARY_OCTETS = 9;
const TOKEN_BITS = 66n;

/**
 * The parameter of `enter` for a token of twenty digits.
 * @throws {TypeError} slip: not twenty digits, or (binary) a number above 66 bits
 */
export function encodeTokenParameter(token: string, encoding: TokenEncoding): Data {
	if (!TOKEN.test(token)) throw new TypeError('a token has twenty digits');
	if (encoding === 'ascii-20') return octetString(asciiOctets(token));
	if (encoding === 'bcd-10')
		return octetString(
			Uint8Array.from({ length: 10 }, (_, index) =>
				Number.parseInt(token.slice(index * 2, index * 2 + 2), 16),
			),
		);
	const number = BigInt(token);
	if (number >= 1n << TOKEN_BITS) throw new TypeError('a token has 66 bits');
	return octetString(
		Uint8Array.from({ length: BINARY_OCTETS }, (_, index) =>
			Number((number >> BigInt(8 * (BINARY_OCTETS - 1 - index))) & 0xffn),
		),
	);
}

/**
 * The twenty digits in a parameter of `enter`, whichever of the three encodings it is; undefined for
 * anything else. The three differ in length, so none is mistaken for another.
 */
export function decodeTokenParameter(octets: Uint8Array): string | undefined {
	if (octets.length === 20) {
		const text = String.fromCharCode(...octets);
		return TOKEN.test(text) ? text : undefined;
	}
	if (octets.length === 10) {
		const text = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
		return TOKEN.test(text) ? text : undefined;
	}
	if (octets.length !== BINARY_OCTETS) return undefined;
	const number = octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
	return number < 1n << TOKEN_BITS ? String(number).padStart(20, '0') : undefined;
}
