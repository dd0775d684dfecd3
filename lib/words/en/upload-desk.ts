/** Files on their way, which every page takes. */
export const uploadDesk = {
  sending: 'Sending {name}: {sent, number, ::.0} of {all, number, ::.0} MB',
  sendingFile: 'Sending {name}, file {file, number} of {files, number}: {sent, number, ::.0} of {all, number, ::.0} MB',
  sent: 'Sent',
  dropNow: 'Drop to upload for review',
  cannotUpload: 'You cannot upload files',
  several: 'A CSV or an Excel workbook, or several. Nothing is imported until you confirm.',
  uploads: 'Uploads',
  uploaded: 'Uploaded, to be reviewed',
  notUploaded: '<strong>{name} was not uploaded:</strong> {why}',
  close: 'Close',
} as const;
