/** In Arabic: see `en/top-up.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('ar');

export const topUp: Words['topUp'] = {
	title: 'شحن',
	field: 'رقم العداد',
	hint: '11 أو 13 رقمًا، مطبوعة على العداد',
	soFar: (count) =>
		`${plural(count, {
			one: 'رقم واحد',
			two: 'رقمان',
			few: `${count} أرقام`,
			many: `${count} رقمًا`,
			other: `${count} رقم`,
		})} حتى الآن، والمطلوب 11 أو 13`,
	sound: 'رقم التحقق صحيح',
	next: 'متابعة',
	saved: {
		title: 'عداداتك',
		used: (ago) => `آخر استخدام ${ago}`,
		manage: (name) => `غيّر اسم ${name} أو انسه`,
	},
	manage: {
		rename: 'الاسم الذي تعطيه له',
		renameHint: 'على هذا الجهاز فقط، مثل البيت أو المحل',
		save: 'حفظ',
		forget: 'انس هذا العداد',
		forgetHint: 'المشتريات التي تمت له تبقى في القائمة.',
		close: 'إغلاق',
	},
	find: {
		title: 'أين الرقم',
		detail:
			'على ملصق أو لوحة في واجهة العداد، قرب الرمز الشريطي. وهو أيضًا على كل إيصال قديم لهذا العداد.',
		picture: 'عداد ورقمه تحت الرمز الشريطي',
	},
	virtual: {
		title: 'جرب بعداد افتراضي',
		detail:
			'عداد داخل هذا التطبيق للتجربة. لا مال حقيقي ولا كهرباء حقيقية، ورموزه لا تناسب أي عداد حقيقي.',
		none: 'لا توجد عدادات افتراضية في هذه الخدمة.',
		unreachable: 'قائمة العدادات الافتراضية تأتي من الخدمة، ولا يمكن الوصول إليها الآن.',
	},
};
