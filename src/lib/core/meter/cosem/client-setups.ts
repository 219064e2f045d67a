/**
 * Who may associate with the virtual meter, how, and with what rights: one row per client SAP. The keys
 * and secrets are public test constants and protect nothing; they are here so that any DLMS client can
 * try every way of associating.
 *
 * Always holds: only an association whose messages are ciphered has the rights of management.
 */
import type { ContextName, MechanismName } from '#lib/core/dlms/acse/names.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import type { SuiteId } from '#lib/core/dlms/security/suite.ts';

/**
 * What an association may do, from the least to the most. A consumer sees credit, account and token gateway,
 * and may enter a token, as at the keypad.
 */
export const ROLES = ['public', 'consumer', 'reading', 'management'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` has at least the rights of `lowest`. */
export function hasRole(role: Role, lowest: Role): boolean {
	return ROLES.indexOf(role) >= ROLES.indexOf(lowest);
}

/** One client SAP. `keySet` numbers the security set-up (class 64) behind it. */
export interface ClientSetup {
	readonly client: number;
	readonly role: Role;
	readonly context: Extract<ContextName, 'logical-name' | 'logical-name-ciphered'>;
	readonly mechanism: MechanismName;
	readonly keySet?: number;
	/** ASCII text: the password of LLS, or the shared secret of HLS 2, 3, 4 and 6. */
	readonly secret?: string;
}

/** The password of the clients with LLS. */
export const TEST_PASSWORD = '12345678';

/** The shared secret of the clients with HLS 2, 3, 4 and 6. */
export const TEST_SECRET = 'TokenlineTestKey';

const PLAIN = 'logical-name';
const CIPHERED = 'logical-name-ciphered';

/** Every client the meter knows. SAPs stay below 128, so that HDLC addresses them in one octet. */
export const CLIENT_SETUPS: readonly ClientSetup[] = [
	{ client: 16, role: 'public', context: PLAIN, mechanism: 'none' },
	{ client: 1, role: 'management', context: CIPHERED, mechanism: 'high-gmac', keySet: 0 },
	{
		client: 2,
		role: 'reading',
		context: CIPHERED,
		mechanism: 'low',
		keySet: 0,
		secret: TEST_PASSWORD,
	},
	{ client: 3, role: 'management', context: CIPHERED, mechanism: 'high-gmac', keySet: 1 },
	{ client: 4, role: 'management', context: CIPHERED, mechanism: 'high-gmac', keySet: 2 },
	{ client: 17, role: 'reading', context: PLAIN, mechanism: 'low', secret: TEST_PASSWORD },
	{
		client: 18,
		role: 'reading',
		context: PLAIN,
		mechanism: 'high-manufacturer',
		secret: TEST_SECRET,
	},
	{ client: 19, role: 'reading', context: PLAIN, mechanism: 'high-md5', secret: TEST_SECRET },
	{ client: 20, role: 'reading', context: PLAIN, mechanism: 'high-sha1', secret: TEST_SECRET },
	{ client: 21, role: 'reading', context: PLAIN, mechanism: 'high-gmac', keySet: 0 },
	{ client: 22, role: 'reading', context: PLAIN, mechanism: 'high-sha256', secret: TEST_SECRET },
	{ client: 48, role: 'consumer', context: PLAIN, mechanism: 'none' },
];

/** The set-up of a client SAP; undefined for one the meter does not know. */
export function clientSetupOf(client: number): ClientSetup | undefined {
	return CLIENT_SETUPS.find((setup) => setup.client === client);
}

/** The secret of a set-up as octets; undefined where it has none. */
export function secretOf({ secret }: ClientSetup): Uint8Array | undefined {
	return secret === undefined ? undefined : asciiOctets(secret);
}

/** The keys of one security set-up, in hex. The master key only wraps the others (key transfer). */
export interface KeySet {
	readonly suite: SuiteId;
	readonly unicastHex: string;
	readonly authenticationHex: string;
	readonly masterHex: string;
}

const octets = (first: number, count: number): string =>
	Array.from({ length: count }, (_, at) => (first + at).toString(16).padStart(2, '0')).join('');

const keySet = (suite: SuiteId, count: number): KeySet => ({
	suite,
	unicastHex: octets(0x00, count),
	authenticationHex: octets(0xd0, count),
	masterHex: octets(0x40, count),
});

/** The keys of a new meter, one set per suite: the counting octets of published examples. */
export const TEST_KEY_SETS: readonly KeySet[] = [keySet(0, 16), keySet(1, 16), keySet(2, 32)];
