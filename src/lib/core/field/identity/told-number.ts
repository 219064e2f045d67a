/** The meter number in what a meter tells everybody of itself. */
import type { PublicFacts } from './meter-identity.ts';

type Told = Pick<PublicFacts, 'deviceName' | 'serialNumber'>;

/** The virtual meter calls itself so: three letters of no maker. */
const VIRTUAL_NAME = /^TKL0*(\d{11}|\d{13})$/;

/** The number a meter tells everybody, where it does: eleven or thirteen digits. */
export function drnOf({ deviceName = '', serialNumber = '' }: Told): string | undefined {
	if (/^(?:\d{11}|\d{13})$/.test(serialNumber)) return serialNumber;
	return VIRTUAL_NAME.exec(deviceName)?.[1];
}

/** Whether a meter says that it is a virtual one, whose keys are no secret. */
export const isVirtual = ({ deviceName = '' }: Told): boolean => VIRTUAL_NAME.test(deviceName);
