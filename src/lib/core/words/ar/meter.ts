/** In Arabic: see `en/meter.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const meter: Words['meter'] = {
	title: 'هل هذا هو العداد الصحيح؟',
	titleUnknown: 'عداد لم يُعرف هنا من قبل',
	back: 'عداد آخر',
	number: 'رقم العداد',
	owner: 'المالك',
	noOwner: 'المالك غير مسجل بعد',
	area: 'المنطقة',
	virtual: 'عداد افتراضي',
	blocked: 'محظور',
	looking: 'جارٍ البحث عن العداد',
	asOf: (ago) => `محفوظ على هذا الجهاز ${ago}`,
	confirmed: 'تم التأكيد للتو',
	wrong: 'لا يمكن أن يكون هذا الرقم صحيحًا',
	notHere: {
		title: 'لا توجد شبكة',
		detail:
			'هذا العداد غير معروف هنا بعد. عندما تعود الشبكة ترى لمن هو وماذا تحصل عليه، قبل أن تدفع.',
	},
	silent: {
		title: 'الخدمة لا تجيب',
		detail:
			'قد تكون شبكتك موجودة، لكن الخدمة غائبة. يمكنك أن تطلب الآن وتدفع عند عودتها: عندها ترى لمن العداد وماذا تحصل عليه.',
	},
	helpLine: (number) => `خط المساعدة ${apart(number)}`,
	amount: {
		title: 'كم تريد؟',
		field: 'المبلغ',
		limits: (minimum, maximum) => `من ${apart(minimum)} إلى ${apart(maximum)}`,
		picks: 'اختيار سريع',
		refusals: {
			empty: 'اكتب مبلغًا أو اختر واحدًا.',
			'not-a-number': 'أرقام فقط، ونقطة أو فاصلة واحدة للكسور.',
			'too-many-decimals': 'الخانات العشرية أكثر مما لهذه العملة.',
			'not-positive': 'يجب أن يكون المبلغ أكبر من صفر.',
			'too-large': 'هذا أكبر مما يمكن التعامل معه.',
		},
	},
	phone: {
		offer: 'أرسل رمز الشحن إلى هاتف أيضًا',
		field: 'رقم الهاتف',
		hint: `مع رمز البلد، مثل ${apart('+254 712 345 678')}. اتركه فارغًا كي لا يُرسل شيء.`,
		sound: (phone) => `سيُرسل رمز الشحن أيضًا إلى ${apart(phone)}`,
		refusals: {
			empty: '',
			'not-digits': 'أرقام فقط، وعلامة زائد في البداية.',
			'no-country': `ابدأ بعلامة زائد ورمز البلد، مثل ${apart('+254')}.`,
			'too-short': 'هناك أرقام ناقصة.',
			'too-long': 'هناك أرقام زائدة.',
		},
	},
	pay: {
		online: (amount) => `ادفع ${apart(amount)}`,
		offline: (amount) => `اطلب ${apart(amount)} وادفع لاحقًا`,
		none: 'ادفع',
		offlineNone: 'اطلب الآن وادفع لاحقًا',
		storing: 'جارٍ الحفظ',
		next: 'توافق على الدفع في الخطوة التالية.',
		later: 'لا تدفع شيئًا الآن. الطلب ينتظر هنا.',
	},
	underWay: {
		title: 'لديك عملية شراء جارية',
		detail: (amount, state) => `${apart(amount)} لهذا العداد: ${state}. ما تشتريه هنا يضاف إليها.`,
		look: 'أكمل تلك العملية',
	},
	notStored: {
		title: 'تعذر حفظ عملية الشراء',
		detail: 'لم يُرسل شيء ولم يُدفع شيء.',
	},
};
