/** The recorded third-party sessions, step by step, with what was inside opened by the recording itself. */
import { readFileSync } from 'node:fs';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { type Apdu, decodeApduLeniently } from '#lib/core/dlms/apdu/apdu.ts';

interface Step {
	readonly dir: 'tx' | 'rx';
	readonly step: string;
	readonly bytes: string;
	readonly apdu?: string;
	readonly plain?: string;
	readonly decode_error?: string;
}

export interface Session {
	readonly id: string;
	readonly layer: string;
	readonly transport: 'hdlc' | 'wrapper';
	readonly description: string;
	readonly keys?: { EK: string; AK: string; client_st: string; server_st: string };
	readonly steps: readonly Step[];
}

const file = new URL('../../vectors/dlms-vectors.json', import.meta.url);

export const SESSIONS = (
	JSON.parse(readFileSync(file, 'utf8')) as { vectors: Session[] }
).vectors.filter(({ layer }) => layer === 'session');

/** One message of a session and what was inside, as far as it can be read. */
export interface Message {
	readonly step: string;
	readonly dir: 'tx' | 'rx';
	readonly octets: Uint8Array;
	readonly apdu: Apdu | undefined;
	/** The plain APDU of a ciphered one. */
	readonly plain: Apdu | undefined;
}

export function messagesOf(session: Session): Message[] {
	return session.steps
		.filter((step) => step.apdu !== undefined)
		.map(({ step, dir, apdu, plain, decode_error }) => ({
			step,
			dir,
			octets: parseHex(apdu as string),
			apdu: decode_error ? undefined : decodeApduLeniently(parseHex(apdu as string)).apdu,
			plain: plain === undefined ? undefined : decodeApduLeniently(parseHex(plain)).apdu,
		}));
}

/** The password that the description of a session names. */
export function passwordOf({ description }: Session): Uint8Array {
	const [, word = ''] = /password (\S+)/.exec(description) ?? [];
	return Uint8Array.from(word, (character) => character.charCodeAt(0));
}
