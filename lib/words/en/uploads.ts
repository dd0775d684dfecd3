/** Uploads, as the server draws them: where they begin, and the page around a review. */
export const uploads = {
  title: 'Upload',
  heading: 'Upload a file',
  template: 'Start from a template',
  templates:
    'The columns are already there. In the workbook, you choose the EmployeeType from a list of the mapped types.',
  excelTemplate: 'Excel template',
  csvTemplate: 'CSV template',
  open: 'Uploads not imported yet',
  by: '{name}, <when></when>',
  yours: '{n, number} of them are yours, of {limit, number} that you may have.',
  review: 'Review an upload',
  importedBefore:
    '<strong>Exactly this file was imported before</strong>, as <file>{name}</file>, <when></when>. Importing it again adds nobody: the same people are only checked again.',
  discarded: 'This upload was discarded.',
  nobodyImported: 'Nobody was imported. <another>Upload another file</another>',
  nothingYet: 'Nothing is imported yet.',
  uploadedBy: 'Uploaded by {name}, <when></when>',
} as const;
