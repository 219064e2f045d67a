/**
 * Who may ask for a meter's free basic electricity without somebody of the staff before them, and be told
 * whether it has any. Pure.
 *
 * The token works in that meter only, so asking for somebody else's brings nobody any energy. What it could
 * do is keep the digits from the household, and tell who is on a register of the poor. Hence the utility's
 * setting: `off`, `owner` (the usual one: the phone on the account, shown by a code) or `anyone` (the number
 * is enough, and whoever has it learns whether the meter is entitled). Whoever asked, the token also goes to
 * the account's phone, its owner reads it again in the meter's history, and the office prints it again.
 * A meter of the public-test estate is nobody's household: there `owner` is as `anyone`.
 */
import type { Caller } from '../access/caller.ts';
import type { FbeByApp } from '../database/schema/estate.ts';
import type { MeterFacts } from './find-meter.ts';
import type { Refusal } from '../refusal.ts';

/** Whoever stands at a till or sits in the office has the household before them. */
const isStaffed = ({ terminalId, operatorId }: Caller): boolean =>
	terminalId !== undefined || operatorId !== undefined;

/** What holds for this meter. */
export function fbeByApp({ utility, key }: Pick<MeterFacts, 'utility' | 'key'>): FbeByApp {
	const { fbe_by_app: setting } = utility;
	return setting === 'owner' && key?.public_test === 1 ? 'anyone' : setting;
}

/** Order: `fbe-not-by-app`, `fbe-phone-needed`. Neither says whether the meter is entitled. */
export function decideFbeAccess(
	caller: Caller,
	facts: Pick<MeterFacts, 'utility' | 'key' | 'meter'>,
): Refusal | undefined {
	if (isStaffed(caller)) return undefined;
	switch (fbeByApp(facts)) {
		case 'off':
			return { refusal: 'fbe-not-by-app' };
		case 'owner':
			return isOwner(caller, facts) ? undefined : { refusal: 'fbe-phone-needed' };
		case 'anyone':
			return undefined;
	}
}

function isOwner({ phone }: Caller, { meter }: Pick<MeterFacts, 'meter'>): boolean {
	return phone !== undefined && phone === meter.owner_phone;
}

/**
 * Where the token is sent to: what is asked for without staff goes to the account's phone, whoever asked and
 * whatever phone they name. E.164, or null.
 */
export function phoneToTell(
	caller: Caller,
	{ meter }: Pick<MeterFacts, 'meter'>,
	wished: string | undefined,
): string | null {
	return (isStaffed(caller) ? undefined : meter.owner_phone) ?? wished ?? null;
}
