/** In Arabic: see `en/top-up.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';
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
		another: 'عداد آخر',
		all: (count) => `عرض الكل (${count})`,
		manage: (name) => `غيّر اسم ${name} أو انسه`,
	},
	manage: {
		rename: 'الاسم الذي تعطيه له',
		renameHint: 'على هذا الجهاز فقط، مثل البيت أو المحل',
		save: 'حفظ',
		noName: 'إزالة الاسم',
		forget: 'انس هذا العداد',
		forgetHint: 'المشتريات التي تمت له تبقى في القائمة.',
		close: 'إغلاق',
		refusals: {
			'too-long': '24 حرفًا على الأكثر.',
			'not-readable': 'فيه حرف لا يمكن عرضه.',
			'no-letter': 'يلزم حرف أو رقم.',
			'a-number': 'هذا رقم مثل رقم عداد. اختر كلمة.',
			taken: 'عداد آخر هنا له هذا الاسم.',
		},
	},
	resume: {
		title: 'توقفت هنا',
		detail: (amount, who) => `${apart(amount)} من أجل ${apart(who)}. لم يُرسل شيء ولم يُدفع شيء.`,
		goOn: 'متابعة',
		forget: 'انس ذلك',
	},
	look: 'عرض',
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
