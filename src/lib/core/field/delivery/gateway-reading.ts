/**
 * What a token gateway says of the last token it received, and the credit beside it: what a lost answer is
 * judged by. Plain JSON; null stands for what the meter does not have or does not tell.
 */
import { formatHex, parseHex } from '../../bytes/hex.ts';
import type { AttributeTarget } from '../../dlms/apdu/target.ts';
import type { GetResult } from '../../dlms/apdu/get.ts';
import type { Data } from '../../dlms/axdr/data-type.ts';
import type { Obis } from '../../dlms/cosem/obis.ts';
import { decodeTokenParameter } from '../../dlms/profile/meter-profile.ts';
import { statusOf, type TokenStatus } from './token-status.ts';

export interface GatewayReading {
	/** Attribute 2 as hex; empty where no token was received yet. */
	readonly token: string | null;
	/** Attribute 3 as hex, twelve octets; null also where no field of it is specified. */
	readonly time: string | null;
	/** Attribute 5: 0 remote, 1 local, 2 manual. */
	readonly method: number | null;
	/** Attribute 6. */
	readonly status: TokenStatus | null;
	/** current_credit_amount of the credit, and available_credit of the account, as the meter counts. */
	readonly credit: number | null;
	readonly available: number | null;
}

/** Where in a meter this is read. */
export interface GatewayPlace {
	readonly gateway: Obis;
	readonly credit: Obis;
	readonly account: Obis;
}

/** The targets of `gatewayReadingOf`. */
export function gatewayTargets({ gateway, credit, account }: GatewayPlace): AttributeTarget[] {
	const target = (classId: number, logicalName: Obis, attribute: number): AttributeTarget => ({
		classId,
		logicalName,
		attribute,
	});
	return [
		...[2, 3, 5, 6].map((attribute) => target(115, gateway, attribute)),
		target(112, credit, 2),
		target(111, account, 5),
	];
}

/** The results of `gatewayTargets`, in their order. */
export function gatewayReadingOf(results: readonly GetResult[]): GatewayReading {
	const [token, time, method, status, credit, available] = results.map((result) =>
		'data' in result ? result.data : undefined,
	);
	return {
		token: octetsOf(token),
		time: timeOf(time),
		method: method?.type === 'enum' ? method.value : null,
		status: statusOf(status) ?? null,
		credit: amountOf(credit),
		available: amountOf(available),
	};
}

/** More octets than this are no token, in whatever form. */
export const MAX_TOKEN_OCTETS = 64;

function octetsOf(data: Data | undefined): string | null {
	return data?.type === 'octet-string' && data.value.length <= MAX_TOKEN_OCTETS
		? formatHex(data.value)
		: null;
}

const TIME_OCTETS = 12;
const UNSPECIFIED_YEAR = 'ffff';

/** A time without a year tells nothing apart. */
function timeOf(data: Data | undefined): string | null {
	if (data?.type !== 'octet-string' && data?.type !== 'date-time') return null;
	const hex = formatHex(data.value);
	return data.value.length !== TIME_OCTETS || hex.startsWith(UNSPECIFIED_YEAR) ? null : hex;
}

function amountOf(data: Data | undefined): number | null {
	return data?.type === 'double-long' ? data.value : null;
}

/** Whether the token a gateway holds is the one of these digits, in whichever form it keeps them. */
export function holdsToken({ token }: GatewayReading, digits: string): boolean {
	return token !== null && decodeTokenParameter(parseHex(token)) === digits;
}
