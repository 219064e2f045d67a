/** What a result of the decoder is as a `token_status` (IEC 62056-6-2, class 115, attribute 6). */
import { enumerated, structure } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { TOKEN_STATUS_CODES, type TokenStatusName } from '#lib/core/dlms/cosem/payment-classes.ts';
import {
	TOKEN_RESULTS,
	type TokenResult,
	type TokenStage,
} from '#lib/core/sts/decoder/token-result.ts';
import { eightBits } from './cosem-values.ts';

/** The status of a token that was refused at a stage. A locked meter does not carry it out, now. */
const STATUS_OF_STAGE: Readonly<Record<TokenStage, TokenStatusName>> = {
	format: 'format-failure',
	authentication: 'authentication-failure',
	validation: 'validation-failure',
	execution: 'execution-failure',
	lockout: 'execution-failure',
};

/** The code of a status. */
export function statusCode(name: TokenStatusName): number {
	return (TOKEN_STATUS_CODES.find((row) => row.name === name) as { code: number }).code;
}

/** The `token_status` code of a result. */
export function tokenStatusCode(result: TokenResult): number {
	const { stage, taken } = TOKEN_RESULTS[result];
	return statusCode(taken ? 'execution-ok' : STATUS_OF_STAGE[stage]);
}

/** A status; `bits` is the number one widespread maker shows for the result, 0 before there is one. */
export const tokenStatusData = (code: number, bits = 0): Data =>
	structure(enumerated(code), eightBits(bits));

/** The status of a result. */
export function resultStatusData(result: TokenResult): Data {
	return tokenStatusData(tokenStatusCode(result), TOKEN_RESULTS[result].register ?? 0);
}
