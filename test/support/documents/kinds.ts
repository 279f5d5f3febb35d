/** A document of each everyday kind, line by line. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  invoice: [
    'ACME Tools Ltd, 12 Mill Road, Leeds', 'Invoice no. 2024-0117', 'Date of invoice: 3 May 2024',
    'Cordless drill, 2 pieces at 89.00 EUR: 178.00 EUR', 'Delivery: 9.50 EUR', 'VAT 20 %: 37.50 EUR',
    'Total amount due: 225.00 EUR', 'Please pay within 30 days to the account below.',
  ],
  'curriculum vitae': [
    'Maria Jensen', 'Curriculum vitae', 'Born 1988 in Aarhus', 'Work experience',
    '2015 to today: nurse, University Hospital', '2011 to 2015: nurse, St Mary Clinic', 'Education',
    'BSc in nursing, 2011', 'Languages: Danish, English, German', 'References on request',
  ],
  contract: [
    'Rental agreement', 'between John Miller (the landlord) and Anna Berg (the tenant)',
    '1. The landlord lets the flat at 4 High Street to the tenant.', '2. The monthly rent is 900 EUR.',
    '3. Either party may terminate this agreement with three months of notice.',
    '4. This agreement is governed by the laws of Ireland.', 'Signed by both parties in Dublin',
  ],
  'scientific paper': [
    'Soil moisture and the growth of spring barley', 'Abstract',
    'We measured the growth of barley under four levels of soil moisture in 48 plots over three years.',
    '1 Introduction', 'Earlier studies (Smith et al., 2012) report that drought lowers yield.', '2 Methods',
    'Plots were assigned at random. We fitted a linear mixed model.', '3 Results', 'Yield fell by 12 % (p < 0.01).',
    'References',
  ],
  letter: [
    'Dear Mrs Porter,', 'thank you very much for your kind letter of last week. We were so glad to hear from you.',
    'The children are well and send you their love. We hope to visit you in the summer.', 'With best wishes,',
    'yours sincerely, Emily',
  ],
  'slide deck': [
    'Quarterly business review', 'Agenda', 'Where we are', 'What is next', 'Questions', 'Slide 2: Sales by region',
    'North up 4 %', 'South down 2 %', 'Slide 3: Next steps', 'Hire two engineers', 'Thank you for watching this presentation',
  ],
}; // biome-ignore format: a document reads better as a block
