import type { Words } from '../catalogue.ts';
import { ltr } from '../isolate.ts';

export const messages: Words['messages'] = {
	code: (utility, digits) => `${utility}: رمزك هو ${ltr(digits)}. صالح 10 دقائق. لا تعطه لأحد.`,
	token: {
		meter: (drn) => `العداد ${ltr(drn)}`,
		bought: (energy, amount) => `${ltr(energy)} مقابل ${ltr(amount)}`,
		one: (digits) => `رمز الشحن:\n${ltr(digits)}`,
		order: (count) => `أدخل الرموز كلها (${count}) بهذا الترتيب:`,
		place: (place, of, digits, isKeyChange) =>
			`${place} من ${of}${isKeyChange ? ' (مفتاح جديد)' : ''}:\n${ltr(digits)}`,
		receipt: (number) => `الإيصال ${ltr(number)}`,
		test: 'تجربة: لا يقبله أي عداد حقيقي.',
	},
};
