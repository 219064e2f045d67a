/**
 * Claim codes as the database knows them: never in clear, and only together with the meter, so that whoever
 * reads the table can neither redeem a receipt nor try codes without the home's secret.
 */
import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256, hex: what a `claim` row is found by.
 * @param drn digits of the meter number @param code as `parseCode` gives it
 */
export function hashClaim(
	homeSecret: Uint8Array,
	utilityId: string,
	drn: string,
	code: string,
): string {
	const text = ['claim', utilityId, drn, code].join('\0');
	return createHmac('sha256', homeSecret).update(text).digest('hex');
}
