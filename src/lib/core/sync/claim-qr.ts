/**
 * What the QR code of a provisional receipt holds: the meter and the claim code, which are only good together.
 * `tokenline:claim?meter=37204100004&code=…`; nothing else is read as one.
 */
import { CLAIM_CODE_LENGTH } from './till-journal.ts';
import { parseCode } from './spoken-code.ts';

const SCHEME = 'tokenline:claim?';

export interface Claim {
	/** Digits; whether they are a meter number is looked at by whoever asks for it. */
	readonly drn: string;
	readonly code: string;
}

export function formatClaimQr({ drn, code }: Claim): string {
	return `${SCHEME}meter=${encodeURIComponent(drn)}&code=${encodeURIComponent(code)}`;
}

/** Undefined: another QR code, or rubbish. */
export function parseClaimQr(text: string): Claim | undefined {
	const match = /^tokenline:claim\?meter=(\d{11}|\d{13})&code=([^&\s]{1,30})$/.exec(text);
	if (!match) return undefined;
	const code = parseCode(decoded(match[2] ?? ''), CLAIM_CODE_LENGTH);
	return code === undefined ? undefined : { drn: match[1] ?? '', code };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// A broken escape: no code either.
		return '';
	}
}
