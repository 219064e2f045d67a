/** A meter's registration between the rows that hold it and the wire: pure. */
import { isDeepStrictEqual } from 'node:util';
import type { MeterRegistration, MeterRegistrationRequest } from '#lib/core/sync/wire-estate.ts';
import type { AccountRow, CustomerRow, MeterRow } from '../database/schema.ts';

export interface RegisteredMeter {
	readonly meter: MeterRow;
	readonly customer: CustomerRow;
	readonly account: AccountRow;
}

export function registrationShape({ meter, customer, account }: RegisteredMeter) {
	return {
		drn: meter.drn,
		customer: {
			...{ name: customer.name, phone: customer.phone, address: customer.address },
			accountNumber: customer.account_number,
		},
		...{ area: meter.area, state: meter.state, tariffId: meter.tariff_id },
		...{ sgc: meter.sgc, krn: meter.krn, ti: meter.ti, tct: meter.tct },
		ea: meter.ea === 11 ? 11 : 7,
		takesThreeKct: meter.takes_three_kct === 1,
		phases: meter.phases === 3 ? 3 : meter.phases === 2 ? 2 : 1,
		...{ nextSgc: meter.next_sgc, nextTi: meter.next_ti, dlmsProfile: meter.dlms_profile },
		account: {
			arrearsPlan: planOf(account.arrears_plan),
			fbeDeciKwh: account.fbe_deci_kwh,
			arrearsMinor: account.arrears_minor,
		},
	} satisfies MeterRegistration;
}

function planOf(stored: string | null): MeterRegistration['account']['arrearsPlan'] {
	return stored === null
		? null
		: (JSON.parse(stored) as MeterRegistration['account']['arrearsPlan']);
}

export function customerColumns({ customer }: MeterRegistrationRequest) {
	const { name, phone, address, accountNumber: account_number } = customer;
	return { name, phone, address, account_number };
}

export function meterColumns(asked: MeterRegistrationRequest) {
	return {
		...{ area: asked.area, state: asked.state, tariff_id: asked.tariffId },
		...{ sgc: asked.sgc, krn: asked.krn, ti: asked.ti, ea: asked.ea, tct: asked.tct },
		...{ next_sgc: asked.nextSgc, next_ti: asked.nextTi, dlms_profile: asked.dlmsProfile },
		...{ takes_three_kct: asked.takesThreeKct ? 1 : 0, phases: asked.phases },
	};
}

export function accountColumns({ account }: MeterRegistrationRequest) {
	const { arrearsPlan, fbeDeciKwh } = account;
	return {
		arrears_plan: arrearsPlan === null ? null : JSON.stringify(arrearsPlan),
		fbe_deci_kwh: fbeDeciKwh,
	};
}

/** Names of the fields that are asked to be other than they are: `customer.phone`, `state`. */
export function changedFields(
	present: MeterRegistration,
	asked: MeterRegistrationRequest,
): string[] {
	const { customer, account, ...meter } = asked;
	return [
		...namesOfOthers(present.customer, customer).map((name) => `customer.${name}`),
		...namesOfOthers(present, meter),
		...namesOfOthers(present.account, account).map((name) => `account.${name}`),
	];
}

function namesOfOthers(present: object, asked: object): string[] {
	const values: Readonly<Record<string, unknown>> = { ...present };
	return Object.entries(asked)
		.filter(([name, value]) => !isDeepStrictEqual(values[name], value))
		.map(([name]) => name);
}
