"""The demo site's pictures: paper cut-outs drawn from seeds when the site is filled. Nothing binary is kept."""
