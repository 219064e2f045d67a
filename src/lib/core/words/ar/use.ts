/** In Arabic: see `en/use.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('ar');
const days = (count: string): string =>
	plural(count, {
		one: 'يوم واحد',
		two: 'يومين',
		few: `${count} أيام`,
		many: `${count} يومًا`,
		other: `${count} يوم`,
	});

export const use: Words['use'] = {
	link: 'الاستهلاك والأيام المتبقية',
	title: 'الاستهلاك والأيام المتبقية',
	estimate: 'تقدير',
	left: {
		about: (count) => `يكفي الرصيد نحو ${days(count)}`,
		long: (count) => `يكفي الرصيد أكثر من ${days(count)}`,
		today: 'يكفي الرصيد أقل من يوم',
		over: 'يُفترض أن الرصيد قد نفد',
		overDetail: 'إن كان في العداد رصيد فاكتب أدناه ما يعرضه.',
		unknown: 'لا يُعرف بعد كم يدوم',
		figures: (credit, perDay) => `نحو ${apart(credit)} في العداد، بمعدل ${apart(perDay)} في اليوم.`,
		fromReading: 'مما عرضه العداد ومما اشتُري هنا منذ ذلك.',
		fromPurchases: 'مما اشتُري بهذا الهاتف، كأن القليل كان متبقيًا كل مرة.',
		others: 'ما اشتراه آخرون لهذا العداد غير معروف هنا.',
	},
	missing: {
		'nothing-known': 'لم يُشترَ شيء لهذا العداد بهذا الهاتف مؤخرًا.',
		'bought-once': 'عملية شراء واحدة لا تدل على المدة.',
		'too-short': 'يلزم أسبوع بين عمليتي شراء، أو قراءتان للعداد.',
		'no-use': 'لم يُستهلك شيء بين القراءتين.',
		'clock-behind': 'تاريخ هذا الهاتف متأخر. اضبطه أولًا.',
	},
	reading: {
		title: 'ماذا يعرض العداد؟',
		why: 'هذا يجعل التقدير أفضل.',
		field: `الرصيد بوحدة ${apart('kWh')}`,
		hint: `كما على الشاشة، مثل ${apart('12.4')}`,
		save: 'احفظ',
		last: (credit, ago) => `${apart(credit)}، ${apart(ago)}`,
		remove: 'تراجع',
		refusals: {
			empty: 'اكتب ما تعرضه الشاشة.',
			'not-a-number': 'أرقام فقط، ونقطة أو فاصلة واحدة.',
			'too-much': 'لا يعرض أي عداد هذا القدر.',
		},
	},
	months: {
		title: 'المشتريات في كل شهر',
		table: 'في جدول',
		month: 'الشهر',
	},
	advice: {
		wait: (day, gain) =>
			`في ${apart(day)} تبدأ الشرائح الأرخص من جديد: يشتري المبلغ نفسه ${apart(gain)} إضافية على الأقل.`,
		ifItLasts: 'لا تنتظر إلا إذا كان رصيدك يكفي حتى ذلك الحين.',
		buyNow: (day, gain) =>
			`إن أنفقت المال في موعد أقصاه ${apart(day)}، ثم لما بقي من حاجة الشهر التالي فقط، اشترى ${apart(gain)} على الأقل أكثر مما لو أنفقته كله ابتداءً من اليوم الأول.`,
		known: 'بحسب ما يعرفه هذا الهاتف.',
	},
	reminder: {
		title: 'ذكّرني',
		when: (count) => `قبل ${days(count)}`,
		off: 'أبدًا',
		around: (day) => `نحو ${apart(day)}.`,
		noTime: 'يُحسب الموعد حين يُعرف المزيد.',
		passed: 'فات الموعد هذه المرة. يأتي التذكير بعد الشراء القادم.',
		push: 'يأتيك إشعار حتى والتطبيق مغلق.',
		waiting: 'تعلم الخدمة بذلك حين تعود الشبكة.',
		inApp: 'يظهر حين تفتح التطبيق.',
		blocked: 'المتصفح يمنع الإشعارات. يظهر حين تفتح التطبيق.',
		notStored: 'لا مساحة في هذا الجهاز لحفظه.',
		noteTitle: (name) => `الكهرباء: ${apart(name)}`,
		noteBody: (count) => `رصيد يكفي نحو ${days(count)}، بتقدير هذا الهاتف.`,
		topUp: 'اشحن',
		putAway: 'أخفِ',
	},
};
