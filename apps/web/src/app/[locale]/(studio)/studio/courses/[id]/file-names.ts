/** How the names of files end, by what they are for in a lesson, for the browser's list of files. */
export const fileNames = {
  content: '.mp4,.m4v,.webm,.mp3,.ogg,.oga,.opus,.wav,.m4a,.pdf,.zip,.png,.jpg,.jpeg,.gif,.webp,.avif',
  captions: '.vtt,.srt',
  poster: '.png,.jpg,.jpeg,.gif,.webp,.avif',
};

export type FileUse = keyof typeof fileNames;
