/** In Arabic: see `en/receipt.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const receipt: Words['receipt'] = {
	title: 'إيصال',
	number: 'رقم الإيصال',
	vatNumber: 'الرقم الضريبي',
	terminal: 'البائع',
	issued: 'التاريخ والوقت',
	customer: 'العميل',
	meter: 'رقم العداد',
	sgc: 'مجموعة التغذية (SGC)',
	krn: 'إصدار المفتاح (KRN)',
	ti: 'مؤشر التعرفة (TI)',
	ea: 'التشفير (EA)',
	tct: 'حامل الرمز (TCT)',
	tariff: 'التعرفة',
	tender: 'المبلغ المدفوع',
	change: 'الباقي لك',
	units: 'الوحدات',
	balanceAfter: (amount) => `يبقى ${apart(amount)} للدفع`,
	roundingGain: 'تقريب إلى الأعلى على الرمز',
	token: 'رمز الشحن',
	helpLine: 'خط المساعدة',
};
