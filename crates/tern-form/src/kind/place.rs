//! A place in the words it was said in. A village's name matters for tracing, so nothing is corrected;
//! it fills in nothing else: no nationality, no status. Read and printed like [`super::text`].
