/** In Arabic: see `en/messages.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const messages: Words['messages'] = {
	code: (utility, digits) => `${utility}: رمزك هو ${apart(digits)}. صالح 10 دقائق. لا تعطه لأحد.`,
	fetchCode: (utility, drn, digits) =>
		`${utility}: رمزك لرؤية مشتريات العداد ${apart(drn)} هو ${apart(digits)}. صالح 10 دقائق. لا تعطه لأحد.`,
	token: {
		meter: (drn) => `العداد ${apart(drn)}`,
		bought: (energy, amount) => `${apart(energy)} مقابل ${apart(amount)}`,
		one: (digits) => `رمز الشحن:\n${apart(digits)}`,
		order: (count) => `أدخل الرموز كلها (${count}) بهذا الترتيب:`,
		place: (place, of, digits, isKeyChange) =>
			`${place} من ${of}${isKeyChange ? ' (مفتاح جديد)' : ''}:\n${apart(digits)}`,
		receipt: (number) => `الإيصال ${apart(number)}`,
		test: 'تجربة: لا يقبله أي عداد حقيقي.',
	},
};
