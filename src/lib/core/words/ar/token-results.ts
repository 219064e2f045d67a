/** In Arabic: see `en/token-results.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';
import { withDisplays, type TokenResultFacts } from '../token-result-words.ts';

export const tokenDone: Words['virtualMeter']['done'] = {
	credited: (added, credit) => `أُضيف ${apart(added)}. في العداد الآن ${apart(credit)}.`,
	creditCleared: (cleared) => `مُسح الرصيد ${apart(cleared)}.`,
	powerLimitSet: (watts) => `من الآن يفصل العداد فوق ${apart(`${watts} W`)}.`,
	phaseLimitSet: (watts) => `من الآن يجوز أن تختلف الأطوار بمقدار ${apart(`${watts} W`)}.`,
	tamperCleared: 'مُسح إنذار العبث.',
	shown: 'يعرض العداد ما طلبه الرمز التجريبي.',
};

const sectionTaken = ({ missing }: TokenResultFacts): string =>
	missing === ''
		? 'تغير مفتاح هذا العداد. الرموز الصادرة بالمفتاح القديم لم تعد تعمل.'
		: `أدخل الجزء ${missing} أيضًا. يتغير المفتاح عندما تدخل كل الأجزاء.`;

export const tokenResults: Words['virtualMeter']['results'] = withDisplays({
	Accept: { title: 'قُبل', detail: () => 'أخذ العداد الرمز.' },
	'1stKCT': { title: 'تغيير المفتاح: قُبل الجزء 1', detail: sectionTaken },
	'2ndKCT': { title: 'تغيير المفتاح: قُبل الجزء 2', detail: sectionTaken },
	'3rdKCT': { title: 'تغيير المفتاح: قُبل الجزء 3', detail: sectionTaken },
	'4thKCT': { title: 'تغيير المفتاح: قُبل الجزء 4', detail: sectionTaken },
	OverflowError: {
		title: 'العداد ممتلئ',
		detail: () =>
			'لا يتسع لهذا الرصيد الإضافي. لم يُستخدم الرمز: أدخله مرة أخرى عندما يُستهلك بعض الرصيد.',
	},
	KeyTypeError: {
		title: 'تغيير المفتاح غير مسموح',
		detail: () => 'لا يجوز للعداد أن ينتقل من نوع مفتاحه إلى الجديد. لم يتغير شيء.',
	},
	FormatError: {
		title: 'ليس رمز شحن',
		detail: () => 'لا يشبه أي رمز هذه الأرقام. قارنها بالورقة وأدخلها مرة أخرى.',
	},
	RangeError: {
		title: 'قيمة خارج الحدود',
		detail: () => 'يحمل الرمز قيمة لا يأخذها هذا العداد. لم يُستخدم.',
	},
	FunctionError: {
		title: 'غير ممكن مع هذا العداد',
		detail: () => 'يطلب الرمز ما لا يستطيعه هذا العداد. لم يُستخدم.',
	},
	OldError: {
		title: 'قديم جدًا',
		detail: () =>
			'الرمز أقدم من أقدم رمز يتذكره العداد، فلم يعد يُقبل. أدخل الرموز الأقدم أولًا. إن لم يُستخدم هذا قط فاتصل بخط المساعدة.',
	},
	UsedError: {
		title: 'استُخدم من قبل',
		detail: ({ credit }) => `أخذ العداد هذا الرمز من قبل. لم يُضف شيء الآن؛ فيه ${apart(credit)}.`,
	},
	KeyExpiredError: {
		title: 'انتهت صلاحيته',
		detail: () =>
			'انتهت صلاحية المفتاح الذي صدر به هذا الرمز. اطلب من الشركة تغيير المفتاح، ثم رمزًا جديدًا.',
	},
	DDTKError: {
		title: 'العداد ما زال بمفتاح المصنع',
		detail: () =>
			'لا يأخذ رصيدًا إلا بعد تغيير مفتاحه. أدخل رموز تغيير المفتاح أولًا؛ هذا لم يُستخدم.',
	},
	CRCError: {
		title: 'ليس لهذا العداد، أو أُدخل خطأ',
		detail: () => 'قارن رقم العداد وكل رقم بالورقة، ثم أدخل الرمز مرة أخرى.',
	},
	MfrCodeError: {
		title: 'لعداد من صنع آخر',
		detail: () => 'هذا الرمز التجريبي لعدادات صانع آخر. لم يُفعل شيء.',
	},
	Lockout: {
		title: 'مقفل الآن',
		detail: () =>
			'بعد إدخالات خاطئة لا يأخذ العداد أي رمز لبعض الوقت. هذا الرمز لم يُنظر فيه وما زال صالحًا.',
	},
});
