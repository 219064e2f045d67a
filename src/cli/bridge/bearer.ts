/** The word that a bridge wants to hear from whoever reaches it over a network. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isLoopback } from './admission.ts';

/** Shorter ones can be guessed. */
const MIN_LENGTH = 20;

/** A new one: 256 bits. */
export const newBearer = (): string => randomBytes(32).toString('base64url');

/** The bearer of a file; where there is no file, a new one is written, for its owner only. @throws {Error} a sentence */
export function bearerOfFile(path: string): string {
	if (!existsSync(path)) writeFileSync(path, `${newBearer()}\n`, { mode: 0o600, flag: 'wx' });
	const bearer = readFileSync(path, 'utf8').trim();
	if (bearer.length < MIN_LENGTH)
		throw new Error(`${path} holds less than ${MIN_LENGTH} characters`);
	return bearer;
}

/** The bearer that a bridge at `host` wants: the file's, a new one beyond this machine, else none. @throws {Error} a sentence */
export function wantedBearer(host: string, file: string | undefined): string | undefined {
	if (file !== undefined) return bearerOfFile(file);
	return isLoopback(host) ? undefined : newBearer();
}
