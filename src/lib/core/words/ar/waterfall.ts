/** In Arabic: see `en/waterfall.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const waterfall: Words['waterfall'] = {
	title: 'ماذا يشتري المال',
	tendered: 'تدفع',
	energy: 'تحصل على',
	lines: {
		'service-fee': {
			name: () => 'رسم الخدمة',
			why: () => 'تكلفة بيع رمز الشحن. يؤخذ مرة مع كل عملية شراء.',
		},
		arrears: {
			name: () => 'متأخرات',
			why: ({ balanceAfter }) =>
				`دين سابق لشركة الكهرباء. يذهب إليه جزء من كل عملية شراء؛ ويبقى بعدها ${apart(balanceAfter)} للدفع.`,
		},
		vat: {
			name: ({ rate }) => `ضريبة القيمة المضافة ${apart(rate)}`,
			why: () => 'ضريبة على ما يأتي أدناه. تسلمها الشركة إلى الدولة.',
		},
		'fixed-charge': {
			name: () => 'رسم شهري',
			why: () => 'مقابل الاشتراك. يؤخذ مع أول عملية شراء في كل شهر، ثم لا يؤخذ.',
		},
		'brought-forward': {
			name: () => 'من المرة السابقة',
			why: () => 'كان أقل من ثمن 0.1 kWh عند آخر شراء لهذا العداد. وهو يشتري الآن.',
		},
		'energy-block': {
			name: ({ energy, price }) => `${apart(energy)} بسعر ${apart(price)}`,
			why: ({ block, price }) =>
				`الشريحة ${block} من التعرفة: ${apart(price)} لكل kWh، بلا ضريبة القيمة المضافة. تبدأ الشرائح من جديد كل شهر.`,
		},
		'left-over': {
			name: () => 'الباقي',
			why: () => 'أقل من ثمن 0.1 kWh أخرى. يبقى في الحساب ويشتري في المرة القادمة.',
		},
	},
	estimate: 'تقدير',
	estimateWhy: (ago) =>
		`بالأسعار المعروفة هنا ${ago}. تقولها الخدمة مرة أخرى قبل أن تدفع؛ وإن كنت ستحصل على أقل فهي تسألك أولًا.`,
	empty: 'اختر مبلغًا لترى كل خطوة من المال إلى الكهرباء.',
};
