/** In Arabic: see `en/frame.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const frame: Words['frame'] = {
	name: 'Tokenline',
	skip: 'إلى المحتوى',
	ways: 'التنقل الرئيسي',
	topUp: 'شحن',
	purchases: 'المشتريات',
	virtualMeter: 'عداد افتراضي',
	atTheMeter: 'العداد',
	tokens: 'رموز الشحن',
	jobs: 'المهام',
	tools: 'الأدوات',
	sell: 'بيع',
	sales: 'المبيعات',
	shift: 'المناوبة',
	till: 'نقطة البيع هذه',
	approvals: 'الموافقات',
	meters: 'العدادات',
	tills: 'نقاط البيع',
	agents: 'الوكلاء',
	journals: 'السجلات',
	connection: {
		unknown: 'جارٍ الاتصال',
		online: 'متصل',
		offline: 'غير متصل',
		sending: 'جارٍ الإرسال',
		waiting: (state, count) => `${state}، في الانتظار: ${count}`,
		queued: (count) => `في الانتظار: ${count}`,
		tryNow: 'حاول الآن',
	},
	language: {
		choose: (name) => `اللغة: ${name}`,
		title: 'اللغة',
		close: 'إغلاق',
		loading: 'جارٍ جلب اللغة',
		notHere: (name) => `${name} ليست على هذا الجهاز بعد. اتصل بالشبكة ثم اخترها مرة أخرى.`,
		notKept: 'المتصفح لا يحفظ شيئًا لهذه الصفحة، فيضيع الاختيار.',
	},
	update: {
		ready: 'توجد نسخة جديدة من Tokenline.',
		take: 'استخدمها',
	},
	install: {
		offer: 'احتفظ بتطبيق Tokenline على هذا الهاتف، فيفتح بلا شبكة.',
		take: 'تثبيت',
	},
	failure: {
		notFound: {
			title: 'لا توجد صفحة كهذه',
			detail: 'العنوان لا يؤدي إلى شيء. لم يضع شيء مما يخصك.',
		},
		other: {
			title: 'تعذر عرض هذه الصفحة',
			detail: 'حدث خلل في التطبيق. مشترياتك محفوظة على هذا الجهاز. حمّل الصفحة مرة أخرى.',
		},
		home: 'إلى البداية',
		reload: 'حمّل مرة أخرى',
		code: (status) => `الرمز ${apart(status)}`,
	},
};
