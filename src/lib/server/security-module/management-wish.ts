/** Whether a management order can be put on a token at all: the same answer whatever the module is. */
import { encodeUnits } from '#lib/core/sts/amount-units.ts';
import { creditRegisterName } from '#lib/core/sts/credit-register.ts';
import { MANAGEMENT_SUBCLASS, type ManagementOrder } from '#lib/core/sts/management-token.ts';

/** Watts that the field can carry, a register that has a name, a raw value of 16 bits. */
export function isManagementWish(wish: ManagementOrder): boolean {
	if (!Object.hasOwn(MANAGEMENT_SUBCLASS, wish.kind)) return false;
	if ('watts' in wish) return 'field' in encodeUnits(wish.watts);
	if ('register' in wish) return creditRegisterName(wish.register) !== undefined;
	if (wish.kind === 'clear-tamper') return true;
	return Number.isInteger(wish.value) && wish.value >= 0 && wish.value <= 0xffff;
}
