/** The object and method over which HLS passes 3 and 4 go (IEC 62056-6-2, class 15, method 1). */
import type { MethodTarget } from '../apdu/target.ts';
import { obis } from '../cosem/obis.ts';

export const ASSOCIATION_CLASS = 15;
export const CURRENT_ASSOCIATION = obis('0.0.40.0.0.255');

export const REPLY_TO_HLS: MethodTarget = {
	classId: ASSOCIATION_CLASS,
	logicalName: CURRENT_ASSOCIATION,
	method: 1,
};
